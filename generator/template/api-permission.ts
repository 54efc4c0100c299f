import { ref, sub, type Resource } from './cloudformation.ts';

/** Lets routes of an API of this stack call the alias. @param routes what stands behind the account in an ARN, e.g. `${Api}/${Stage}/*` */
export const apiPermission = (routes: string): Resource => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: ref('Function.Alias'),
    Principal: 'apigateway.amazonaws.com',
    SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:${routes}`),
  },
});

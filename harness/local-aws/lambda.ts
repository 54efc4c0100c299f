import { refuse, type AwsService } from './service.ts';

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Another function that is invoked and not waited for; none runs. */
export const lambda: AwsService = {
  takes: ({ path }) => INVOCATIONS.test(path),
  answer({ path, headers, body }, { wrote }) {
    const [, name = ''] = INVOCATIONS.exec(path) ?? [];
    if (headers['x-amz-invocation-type'] !== 'Event')
      return refuse(501, 'NotImplemented', 'No other function runs on this machine');
    wrote({ to: 'lambda', name, key: 'Event', content: body.toString('utf8') });
    return { status: 202 };
  },
};

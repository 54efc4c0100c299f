import type { Auth, Blueprint, StageName } from '../generator/blueprint.ts';
import { openApi, type OpenApiDocument } from './openapi.ts';
import type { Operation } from './operation.ts';

/**
 * Where a stage's API is described, relative to the project. Stages with prod's auth share swagger.yaml, which in most projects is
 * all there is; others have a file named after their auth, e.g. `swagger.api-key.yaml`.
 */
export function openApiFile({ stages }: Blueprint, stage: StageName): string {
  const { auth } = stages[stage];
  return auth === stages.prod.auth ? 'swagger.yaml' : `swagger.${auth}.yaml`;
}

/** The auths of a blueprint's stages, each once, prod's first. */
export function auths({ stages }: Blueprint): Auth[] {
  return [...new Set([stages.prod.auth, stages.stage.auth, stages.dev.auth])];
}

/** Every OpenAPI document of a project by its path. @param predict POST /predict, where there is one */
export function openApiFiles(blueprint: Blueprint, predict: Operation | undefined): Record<string, OpenApiDocument> {
  const stages: StageName[] = ['prod', 'stage', 'dev'];
  return Object.fromEntries(
    stages.map((stage) => [openApiFile(blueprint, stage), openApi(blueprint, predict, blueprint.stages[stage].auth)]),
  );
}

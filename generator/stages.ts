export const STAGES = ['dev', 'stage', 'prod'] as const;
export type StageName = (typeof STAGES)[number];

export const AUTH = ['iam', 'api-key', 'none'] as const;
export type Auth = (typeof AUTH)[number];

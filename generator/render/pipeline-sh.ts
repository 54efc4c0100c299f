import { STAGES } from '../blueprint.ts';
import type { PackageManager } from '../questions/answers.ts';

/** Installs from the lock file where there is one, as a pipeline should. */
const INSTALL: Readonly<Record<PackageManager, string>> = {
  npm: 'if [ -f package-lock.json ]; then npm ci; else npm install; fi',
  pnpm: 'if [ -f pnpm-lock.yaml ]; then pnpm install --frozen-lockfile; else pnpm install; fi',
  yarn: 'yarn install',
};

/** pipeline.sh: test, build and deploy from a shell pipeline; POSIX sh, needs no terminal. */
export function pipelineSh(packageManager: PackageManager): string {
  const stages = STAGES.join('|');
  return `#!/bin/sh
# Tests and builds the project and, with -d, deploys it. Asks nothing: the pipeline decides who may run it.
set -eu
cd "$(dirname "$0")"

usage() {
  cat <<'END'
Usage: ./pipeline.sh [-s ${stages}] [-d]
  -s STAGE  stage to deploy to (default: dev, or $STAGE)
  -d        deploy after the tests; without it the artifact is built and nothing leaves this machine
  -h        this text
END
}

refuse() {
  echo "pipeline.sh: $1" >&2
  usage >&2
  exit 2
}

stage=\${STAGE:-dev}
deploy=no
while getopts :s:dhrp option; do
  case $option in
    s) stage=$OPTARG ;;
    d) deploy=yes ;;
    h) usage; exit 0 ;;
    r | p) refuse "-$option is not there yet" ;;
    :) refuse "-$OPTARG needs a value" ;;
    *) refuse "there is no -$OPTARG" ;;
  esac
done
shift $((OPTIND - 1))
[ $# -eq 0 ] || refuse "unexpected: $1"
case $stage in
  ${STAGES.join(' | ')}) ;;
  *) refuse "unknown stage: $stage" ;;
esac

tool=node_modules/.bin/onnx-lambda
if [ ! -x "$tool" ]; then
  # Everything but the answer goes to standard error.
  { ${INSTALL[packageManager]}; } >&2
fi

"$tool" test
if [ "$deploy" = yes ]; then
  exec "$tool" deploy --stage "$stage" --yes
fi
exec "$tool" build
`;
}

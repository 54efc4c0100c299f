"""What CloudFormation makes of a SAM template: AWS::Include put in place, then the SAM transform.

    translate.py PROJECT STAGE [PARAMETER=VALUE…] > translated.json

Local paths become made-up S3 addresses, as `sam package` would have made them; PATH=DIGEST pins the digest of one, e.g. `model/=abc`.
"""
import hashlib
import json
import os
import sys

from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoPolicies(ManagedPolicyLoader):
    """AWS's managed policies by name; the template's own role needs none, CodeDeploy's is given by ARN."""

    def __init__(self):
        super().__init__(None)
        self._policy_map = {}


def included(node, project):
    """The node with every AWS::Include replaced by what its file holds."""
    if isinstance(node, list):
        return [included(item, project) for item in node]
    if not isinstance(node, dict):
        return node
    macro = node.get("Fn::Transform")
    if isinstance(macro, dict) and macro.get("Name") == "AWS::Include":
        with open(os.path.join(project, macro["Parameters"]["Location"])) as source:
            return yaml_parse(source.read())
    return {key: included(value, project) for key, value in node.items()}


def packaged(template, digests):
    """Local code and content as addresses of S3."""
    for resource in template["Resources"].values():
        for name in ("CodeUri", "ContentUri"):
            path = resource["Properties"].get(name)
            if path:
                digest = digests.get(path) or hashlib.sha256(path.encode()).hexdigest()
                resource["Properties"][name] = f"s3://artifacts/{digest}"


def main(project, stage, *settings):
    given = dict(setting.split("=", 1) for setting in settings)
    digests = {key: value for key, value in given.items() if key.endswith("/")}
    with open(os.path.join(project, "template.yaml")) as source:
        template = included(yaml_parse(source.read()), project)
    packaged(template, digests)
    parameters = {key: value for key, value in given.items() if key not in digests}
    parameters["Stage"] = stage
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    json.dump(transform(template, parameters, NoPolicies()), sys.stdout, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])

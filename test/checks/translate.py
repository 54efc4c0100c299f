"""What CloudFormation makes of SAM templates: AWS::Include put in place, then the SAM transform.

    translate.py PROJECT STAGE OUT.json [PROJECT STAGE OUT.json …]

Local paths become made-up S3 addresses by the digest of what they hold, as `sam package` would have made them.
"""
import hashlib
import json
import logging
import os
import pathlib
import sys

from samtranslator.public.translator import ManagedPolicyLoader
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
logging.getLogger("samtranslator.feature_toggle.feature_toggle").setLevel(logging.ERROR)


class NoPolicies(ManagedPolicyLoader):
    """AWS's managed policies by name: the template names none."""

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
        return yaml_parse((project / macro["Parameters"]["Location"]).read_text())
    return {key: included(value, project) for key, value in node.items()}


def digest(path):
    """Of a folder's files, by name and content."""
    found = hashlib.sha256(path.name.encode())
    for file in sorted(path.rglob("*")):
        if file.is_file():
            found.update(str(file.relative_to(path)).encode())
            found.update(file.read_bytes())
    return found.hexdigest()


def translated(project, stage):
    template = included(yaml_parse((project / "template.yaml").read_text()), project)
    for resource in template["Resources"].values():
        if resource["Properties"].get("PackageType") == "Image":
            resource["Properties"]["ImageUri"] = "123456789012.dkr.ecr.us-east-1.amazonaws.com/images:" + digest(project / "src")[:12]
        for name in ("CodeUri", "ContentUri"):
            if name in resource["Properties"]:
                resource["Properties"][name] = "s3://artifacts/" + digest(project / resource["Properties"][name])
    return transform(template, {"Stage": stage}, NoPolicies())


for project, stage, out in zip(*[iter(sys.argv[1:])] * 3):
    pathlib.Path(out).write_text(json.dumps(translated(pathlib.Path(project), stage), indent=1))

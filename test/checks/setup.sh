#!/usr/bin/env bash
# Puts what templates are checked with in place: cfn-lint, checkov, SAM's translator, an OpenAPI validator and schemathesis, in .rig/checks.
source "$(dirname "${BASH_SOURCE[0]}")/../rig/lib.sh"
need_python
venv checks "$root/test/checks/requirements.txt"

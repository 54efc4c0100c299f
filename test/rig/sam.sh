#!/usr/bin/env bash
# Puts the real SAM CLI in place: .rig/sam/bin/sam.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need_python
venv sam "$here/sam.requirements.txt"

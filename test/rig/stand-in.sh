#!/usr/bin/env bash
# Puts the stand-in for AWS in place: .rig/aws/bin/python test/rig/aws_stand_in.py then runs it (stand-in.ts does).
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need_python
venv aws "$here/stand-in.requirements.txt"

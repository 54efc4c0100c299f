#!/usr/bin/env bash
# Puts what the zoo's models are made with in place: scikit-learn, its converters, gradient boosters, onnx and Python's onnxruntime, in .rig/zoo.
source "$(dirname "${BASH_SOURCE[0]}")/../rig/lib.sh"
need_python
# LightGBM's wheel links it.
apt_install libgomp1
venv zoo "$root/test/zoo/requirements.txt"

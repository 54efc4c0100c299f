#!/usr/bin/env bash
# Puts what the zoo's models are made with in place: scikit-learn, its converters, gradient boosters, onnx and Python's onnxruntime, in .rig/zoo.
source "$(dirname "${BASH_SOURCE[0]}")/../rig/lib.sh"
need_python
# LightGBM's wheel links the first; the locale that text models ask for is made of the second.
apt_install libgomp1 locales
venv zoo "$root/test/zoo/requirements.txt"
# For Python alone, by LOCPATH: the system stays without it, as Lambda's is.
mkdir -p "$rig/zoo-locales"
localedef -i en_US -f UTF-8 "$rig/zoo-locales/en_US.UTF-8"

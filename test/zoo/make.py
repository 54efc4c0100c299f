"""Makes the zoo: FOLDER/NAME/ with a model and its case.json for every case, or for those that are named.

    LOCPATH=.rig/zoo-locales .rig/zoo/bin/python test/zoo/make.py FOLDER [NAME …]
"""
import sys
import warnings
from pathlib import Path

import case
from families import detectors, edges, language, tabular, tensors, vision, wrappers  # noqa: F401  each puts its cases on the table

warnings.filterwarnings("ignore")
folder, names = Path(sys.argv[1]), sys.argv[2:]
unknown = set(names) - {maker.name for maker in case.MAKERS}
if unknown:
    sys.exit(f"no such case: {', '.join(sorted(unknown))}")
for maker in case.MAKERS:
    if not names or maker.name in names:
        case.write(maker, folder / maker.name)
print(len(case.MAKERS))

"""Makes xp-score/student-t.json: quantiles of Student's t, the regularised incomplete beta function and its inverse, by scipy.

Run with scipy 1.17:  python3 make_student_t.py
"""

import json
import os

from scipy import special, stats

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "xp-score", "student-t.json")
DEGREES = [1, 2, 3, 4, 5, 7, 10, 19, 30, 100, 1000, 100000]
SHARES = [0.025, 0.2, 0.5, 0.8, 0.975, 0.999]
BETAS = [(0.5, 0.5), (0.5, 1.0), (0.5, 2.0), (0.5, 50.0), (2.0, 3.0), (30.0, 0.5), (200.0, 300.0)]
POINTS = [0.001, 0.1, 0.4, 0.5, 0.9, 0.999]

quantiles = [{"degrees": d, "share": p, "t": float(stats.t.ppf(p, d))} for d in DEGREES for p in SHARES]
betas = [{"x": x, "a": a, "b": b, "value": float(special.betainc(a, b, x))} for a, b in BETAS for x in POINTS]
inverses = [{"share": p, "a": a, "b": b, "x": float(special.betaincinv(a, b, p))} for a, b in BETAS for p in SHARES]
with open(OUT, "w") as file:
    json.dump({"quantiles": quantiles, "betas": betas, "inverses": inverses}, file, indent=0)
    file.write("\n")

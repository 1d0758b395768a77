"""How far the two readings of the reference answers agree, point by point: counts, share, Cohen's kappa by language.

Run from the root: python docs/issue-26/agreement.py
"""

from collections import Counter
from pathlib import Path

import yaml

HERE = Path(__file__).parent
VERDICTS = ("made", "partly", "missed")


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa of two readings' verdicts: the agreement beyond what their shares alone would give."""
    count, both = len(pairs), sum(one == other for one, other in pairs) / len(pairs)
    mine, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(mine[name] * theirs[name] for name in VERDICTS) / count**2
    return (both - chance) / (1 - chance)


def main() -> None:
    readings = [
        {one["id"]: one["points"] for one in yaml.safe_load((HERE / f"reading-{name}.yaml").read_text("utf-8"))}
        for name in ("rb", "rc")
    ]
    languages = {one["id"]: one["language"] for one in yaml.safe_load((HERE / "sheet.yaml").read_text("utf-8"))}
    for language in ("en", "zh", ""):
        ids = [id for id, its in languages.items() if language in ("", its)]
        pairs = [pair for id in ids for pair in zip(readings[0][id], readings[1][id], strict=True)]
        same = sum(one == other for one, other in pairs)
        print(f"{language or 'all'}: {same} of {len(pairs)} alike ({same / len(pairs):.1%}), kappa {kappa(pairs):.3f}")
    for id in languages:
        for number, pair in enumerate(zip(readings[0][id], readings[1][id], strict=True), 1):
            if pair[0] != pair[1]:
                print(f"  {id} point {number}: {pair[0]} / {pair[1]}")


if __name__ == "__main__":
    main()

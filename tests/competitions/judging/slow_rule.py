"""The declared rule of docs/judging.md, written out as plainly as possible: fractions, loops, no sharing of code."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

DIGITS = Context(prec=50)


def slow_result(contest):
    """Return {code: {"place", "status", "award", "tie_broken_by", "total", "scores": {round: score}}}."""
    scores, values = {}, {}
    gone = {}
    for number, round_ in enumerate(contest.rounds):
        here = [e for e in contest.entries if judges_track(round_, e.track)]
        absent = {code for code, why in gone.items() if why == "not_advanced"}
        for track in {e.track for e in here}:
            of_track = [e.code for e in here if e.track == track]
            for code, (score, criteria) in slow_round(contest, round_, track, of_track, absent).items():
                scores[round_.code, code] = score
                values[round_.code, code] = criteria
        still = [e for e in here if e.code not in gone]
        matters = round_.carries or round_.floor is not None or round_.advance is not None
        for entry in still:
            score = scores[round_.code, entry.code]
            if score is None and matters:
                gone[entry.code] = "unscored"
            elif score is not None and round_.floor and not reaches(round_, round_.floor, entry, score):
                gone[entry.code] = "below_floor"
        if round_.advance and number < len(contest.rounds) - 1:
            still = [e for e in still if e.code not in gone]
            for entry in still:
                score = scores[round_.code, entry.code]
                rivals = [
                    scores[round_.code, other.code]
                    for other in still
                    if not round_.advance.per_track or other.track == entry.track
                ]
                rank = 1 + sum(rival > score for rival in rivals)
                fits = round_.advance.top is None or rank <= round_.advance.top
                least = round_.advance.least
                if not fits or (least and not reaches(round_, least, entry, score)):
                    gone[entry.code] = "not_advanced"

    totals = {}
    for entry in contest.entries:
        totals[entry.code] = slow_total(contest, entry, scores)
    status = {}
    for entry in contest.entries:
        missing = "unscored" if totals[entry.code] is None else "ranked"
        status[entry.code] = gone.get(entry.code, missing)
        if status[entry.code] == "unscored":
            totals[entry.code] = None
    ranked = [e for e in contest.entries if status[e.code] == "ranked"]

    def beats(a, b):
        """Return the step by which a comes before b: "total", a step, or None."""
        if totals[a.code] != totals[b.code]:
            return "total" if totals[a.code] > totals[b.code] else None
        for step in contest.scoring.tie_break:
            if step == "joint":
                return None
            x, y = (step_value(contest, step, each, scores, values) for each in (a, b))
            if x == y:
                continue
            if y is None or (x is not None and x > y):
                return step
            return None
        return None

    result = {}
    for entry in contest.entries:
        place = None
        broken = None
        if status[entry.code] == "ranked":
            place = 1 + sum(beats(other, entry) is not None for other in ranked)
            rivals = [o for o in ranked if o is not entry and totals[o.code] == totals[entry.code]]
            steps = [beats(o, entry) or beats(entry, o) for o in rivals]
            # It stands alone once the last of its equals is told apart.
            if steps and None not in steps:
                chain = contest.scoring.tie_break
                broken = max(steps, key=chain.index)
        result[entry.code] = {
            "place": place,
            "status": status[entry.code],
            "total": totals[entry.code],
            "tie_broken_by": broken,
            "scores": {
                r.code: scores[r.code, entry.code] for r in contest.rounds if (r.code, entry.code) in scores
            },
        }
    return result


def judges_track(round_, track):
    return not round_.criteria or any(c.track in ("", track) for c in round_.criteria)


def own_criteria(round_, track):
    return [c for c in round_.criteria if c.track in ("", track)]


def most_points(round_, track):
    if not round_.criteria:
        return Fraction(100)
    return sum(Fraction(c.weight) * Fraction(c.max) for c in own_criteria(round_, track))


def reaches(round_, limit, entry, score):
    if limit.percent is not None:
        return score >= Fraction(limit.percent)
    return score * most_points(round_, entry.track) / 100 >= Fraction(limit.points)


def slow_total(contest, entry, scores):
    parts = [r for r in contest.rounds if r.carries and (r.code, entry.code) in scores]
    if not parts or any(scores[r.code, entry.code] is None for r in parts):
        return None
    if contest.scoring.total == "sum_of_points":
        total = sum(scores[r.code, entry.code] / 100 * most_points(r, entry.track) for r in parts)
    else:
        total = sum(Fraction(r.weight) * scores[r.code, entry.code] for r in parts)
        total /= sum(Fraction(r.weight) for r in parts)
    places = contest.scoring.places
    if places is None:
        return total
    moved = abs(total) * 10**places
    whole = int(moved)
    if moved - whole >= Fraction(1, 2):
        whole += 1
    return Fraction(whole, 10**places) * (-1 if total < 0 else 1)


def slow_round(contest, round_, track, codes, absent):
    """Return {entry: (score, {criterion: value})} of the entries of a track."""
    own = own_criteria(round_, track)
    marks = {}
    has_marks = False
    for m in contest.marks:
        if m.round == round_.code and m.points is not None:
            has_marks = True
            if m.entry in codes and m.entry not in absent:
                marks[m.entry, m.criterion, m.judge] = Fraction(m.points)
    if round_.kind == "public_vote" and not has_marks:
        return slow_vote(contest, round_, own, codes, absent)
    if round_.aggregate.over == "criteria":
        return slow_criteria(round_, own, codes, marks)
    return slow_sheets(round_, own, codes, marks)


def slow_vote(contest, round_, own, codes, absent):
    votes = dict.fromkeys(codes, 0)
    for v in contest.votes:
        if v.round == round_.code and v.entry in votes and v.entry not in absent:
            votes[v.entry] = v.count
    most = max(votes.values())
    if most == 0:
        return {code: (None, {c.code: None for c in own}) for code in codes}
    shares = {code: Fraction(count, most) for code, count in votes.items()}
    nothing = (None, {c.code: None for c in own})
    return {
        code: nothing if code in absent else (100 * s, {c.code: s * Fraction(c.max) for c in own})
        for code, s in shares.items()
    }


def slow_criteria(round_, own, codes, marks):
    values = {code: {} for code in codes}
    for c in own:
        given = {(e, j): p for (e, k, j), p in marks.items() if k == c.code}
        if round_.aggregate.method in ("rank_sum", "t_score"):
            relative = slow_relative(given, round_.aggregate.method)
            given = {spot: value / 100 * Fraction(c.max) for spot, value in relative.items()}
        for code in codes:
            values[code][c.code] = slow_join(
                {j: p for (e, j), p in given.items() if e == code}, round_.aggregate
            )
    found = {}
    for code in codes:
        there = [c for c in own if values[code][c.code] is not None]
        score = None
        if there and all(c in there for c in own if c.required):
            reached = sum(Fraction(c.weight) * values[code][c.code] for c in there)
            score = 100 * reached / sum(Fraction(c.weight) * Fraction(c.max) for c in there)
        found[code] = (score, values[code])
    return found


def slow_sheets(round_, own, codes, marks):
    totals = {}
    for code in codes:
        for judge in {j for (e, _, j) in marks if e == code}:
            there = [c for c in own if (code, c.code, judge) in marks]
            if all(c in there for c in own if c.required) and there:
                reached = sum(Fraction(c.weight) * marks[code, c.code, judge] for c in there)
                totals[code, judge] = 100 * reached / sum(Fraction(c.weight) * Fraction(c.max) for c in there)
    if round_.aggregate.method in ("rank_sum", "t_score"):
        totals = slow_relative(totals, round_.aggregate.method)
    found = {}
    for code in codes:
        kept = kept_judges({j: t for (e, j), t in totals.items() if e == code}, round_.aggregate)
        means = {}
        for c in own:
            points = [
                p for (e, k, j), p in marks.items() if (e, k) == (code, c.code) and (not kept or j in kept)
            ]
            means[c.code] = sum(points) / len(points) if points else None
        found[code] = (
            slow_join({j: t for (e, j), t in totals.items() if e == code}, round_.aggregate),
            means,
        )
    return found


def kept_judges(totals, aggregate):
    """Return whose totals a trimmed mean keeps; of all other methods, everybody."""
    rising = sorted(totals, key=lambda judge: (totals[judge], judge))
    if aggregate.method != "trimmed_mean" or len(rising) <= aggregate.drop_high + aggregate.drop_low:
        return rising
    return rising[aggregate.drop_low : len(rising) - aggregate.drop_high]


def slow_relative(given, method):
    """Return ranks in percent or T scores of numbers by (entry, judge)."""
    result = {}
    for judge in {j for _, j in given}:
        own = {e: x for (e, j), x in given.items() if j == judge}
        n = len(own)
        mean = sum(own.values()) / n
        for entry, x in own.items():
            if method == "rank_sum":
                above = sum(y > x for y in own.values())
                same = sum(y == x for y in own.values())
                rank = above + Fraction(same + 1, 2)
                result[entry, judge] = 100 * (n - rank) / (n - 1) if n > 1 else Fraction(100)
                continue
            result[entry, judge] = slow_t(x, mean, list(own.values()))
    return result


def slow_t(x, mean, numbers):
    variance = sum((y - mean) ** 2 for y in numbers) / (len(numbers) - 1) if len(numbers) > 1 else 0
    if not variance:
        return Fraction(50)
    sd = DIGITS.sqrt(DIGITS.divide(Decimal(variance.numerator), Decimal(variance.denominator)))
    away = DIGITS.divide(Decimal((x - mean).numerator), Decimal((x - mean).denominator))
    score = DIGITS.add(Decimal(50), DIGITS.divide(DIGITS.multiply(Decimal(10), away), sd))
    return Fraction(score.quantize(Decimal("1e-12"), rounding=ROUND_HALF_UP, context=DIGITS))


def slow_join(numbers, rule):
    if not numbers:
        return None
    rising = sorted(numbers.values())
    if rule.method == "median":
        half = len(rising) // 2
        return rising[half] if len(rising) % 2 else (rising[half - 1] + rising[half]) / 2
    if rule.method == "trimmed_mean" and len(rising) > rule.drop_high + rule.drop_low:
        for _ in range(rule.drop_high):
            rising.remove(max(rising))
        for _ in range(rule.drop_low):
            rising.remove(min(rising))
    return sum(rising) / Fraction(len(rising))


def step_value(contest, step, entry, scores, values):
    kind, _, name = step.partition(":")
    if kind == "submitted":
        return -datetime.fromisoformat(entry.submitted_at).timestamp() if entry.submitted_at else None
    if kind == "round":
        return scores.get((name, entry.code))
    found = [(r.code, c.code) for r in contest.rounds for c in r.criteria]
    [(round_code, criterion)] = [
        (r, c) for r, c in found if name in (c, f"{r}/{c}") and (f"{r}/{c}" == name or "/" not in name)
    ]
    return values.get((round_code, entry.code), {}).get(criterion)

"""Assets, events and owners of the scenarios with every number written, and how a scenario is written as TOML."""

BASE = {"start": "2027-01", "horizon": "6 years", "currency": "USD", "class_events": False, "class_ranges": False}
STILL = {"inflation": {"fixed": "2 %/year"}, "cash_rate": "1 %/year"}
BETA = {"alpha": 2, "beta": 2}


def claim(name="fund", klass="ai-managed-portfolio", value=100_000, roi="8 %", **keys):
    return {"name": name, "class": klass, "value": value, "roi": roi, "volatility": 0.2, "income_share": 0.5,
            "decay": "0 %/year", "exit_haircut": 0.02, "trade_cost": 0.01, "movable": True} | keys


def vault(name="vault", value=80_000, roi="10 %", **keys):
    return claim(name, "defi-yield-aggregator", value, roi,
                 **({"income_share": 1.0, "income_log_sd": 0.3, "income_half_life": "2 months"} | keys))


def pool(**keys):
    return {"name": "pool", "class": "defi-yield-aggregator", "model": "mechanism", "value": 60_000, "roi": "12 %",
            "volatility": 0.3, "base_yield": "5 %/year", "incentive_half_life": "10 months", "income_log_sd": 0.4,
            "income_half_life": "6 weeks", "exit_haircut": 0.01, "trade_cost": 0.01, "movable": True} | keys


def house(**keys):
    return {"name": "house", "class": "tokenized-real-estate", "model": "mechanism", "value": 90_000, "roi": "8 %",
            "volatility": 0.1, "vacancy": 0.1, "vacancy_lasts": "4 months", "disputes": "0.3/year",
            "dispute_lasts": "5 months", "maintenance": "1 %/year", "insurance": "1 %/year",
            "manager_fee": "2 %/year", "appreciation": "1 %/year", "depreciation": "2 %/year",
            "output_decay": "1 %/year", "exit_haircut": 0.1, "trade_cost": 0.01, "movable": True} | keys


def business(name, klass, model, **keys):
    how = {} if "income" in keys else {"value": 48_000, "roi": "30 %"}
    return {"name": name, "class": klass, "model": model, "volatility": 0.2, "exit_haircut": 0.1} | how | keys


def tool(**keys):
    return business("tool", "micro-saas-fleet", "subscription", **({
        "subscribers": 120, "churn": "5 %/month", "churn_spread": 0, "arrivals": "5/month",
        "arrivals_half_life": "24 months", "acquisition_payback": "4 months", "gross_margin": 0.6,
        "repricing": 0, "closes_after": "3 months"} | keys))


def fleet(**keys):
    return business("fleet", "micro-saas-fleet", "unit-fleet", **({
        "units": 60, "algorithm_half_life": "18 months", "decayed_income": 0.3, "shutdown": "15 %/year",
        "audit": "5 h/week", "hours_per_audit": 2, "detection": 0.7, "found": "re-seed", "reseed_cost": "1 month",
        "reseed_time": "2 months", "uplift": "0 %/year", "uplift_limit": 1.5, "unit_size_log_sd": 0,
        "unit_income_log_sd": 0.5} | keys))


def wheel(**keys):
    return business("wheel", "digital-product-flywheel", "flywheel", **({
        "products": 6, "closure": "2.9 %/month", "reinvested": 0.3, "build_cost": "8 months",
        "build_time": "2 months", "effort": 0, "saturation": 40} | keys))


def site(**keys):
    return business("site", "niche-content", "content", **({
        "niche": 1.6, "growth": "40 %/year", "page_half_life": "30 months", "renewed": 0.5, "updates": "1/year",
        "update_mean": -0.1, "update_sd": 0.5, "ai_answers": "8 %/year", "owned_audience": 0.15,
        "fixed_costs": 0.15, "visits_log_sd": 0.15} | keys))


def songs(**keys):
    return business("songs", "synthetic-media-royalties", "royalty-catalogue", **({
        "works": 40, "works_log_sd": 2, "half_life": "30 months", "popularity_log_sd": 0.1, "crowding": "5 %/year",
        "gap_share": 0.2, "gap_half_life": "12 months", "releases": "6/year", "release_cost": 1.5} | keys))


def mix(**keys):
    return {"name": "mix", "class": "ai-managed-portfolio", "model": "mechanism", "value": 70_000, "roi": "15 %",
            "volatility": 0.25, "mix_return": "6 %/year", "edge_kept": 0.7, "edge_half_life": "24 months",
            "manager_fee": "1.5 %/year", "income_share": 0.3, "exit_haircut": 0.01, "trade_cost": 0.01,
            "movable": True} | keys


def hack(**keys):
    return {"name": "hack", "kind": "contract-exploit", "asset": "vault", "rate": "0.08/year", "severity": BETA,
            "total": 0.3, "return_chance": 0.3, "returned": "60-100 %", "if_verified": 0.4} | keys


def lost(**keys):
    return {"name": "lost", "kind": "custody-loss", "asset": "fund", "rate": "0.1/year", "severity": "40-100 %",
            "total": 0.2, "return_chance": 0, "returned": 0, "if_guarded": 0.25} | keys


def failure(**keys):
    return {"name": "failure", "kind": "issuer-failure", "asset": "fund", "rate": "0.06/year", "severity": BETA,
            "total": 0, "return_chance": 0, "returned": 0, "redemption_stop": "12 months"} | keys


def cut(**keys):
    return {"name": "cut", "kind": "algorithm-update", "asset": "fund", "rate": "0.5/year", "severity": "20-60 %",
            "recovery": "6 months"} | keys


def insured(trigger=None, **keys):
    cover = {"asset": "vault", "cause": "contract-exploit", "limit": 50_000, "premium": "3 %/year",
             "attachment": 0.2, "waiting": "14 days", "insurer_default": 0.05} | keys
    if trigger:
        cover["pays_when"] = {"yield_below": trigger[0], "window": trigger[1]}
    return {"cash": 20_000, "surplus": "keep", "cover": [cover]}


CASH = {"cash": 10_000, "surplus": "keep"}
CRISIS = {"begins": "3 %/month", "lasts": "5 months", "volatility": 2}
LIVES = {"cash": 6_000, "spending": "700/month", "surplus": "keep"}


def place(name, tax_rate, **keys):
    """A place to live in with every number that the catalog would fill in."""
    return {"in": name, "tax_rate": tax_rate, "compliance_cost": "600/year", "claim_rate_multiple": 1} | keys


def scenario(assets, events=(), owner=None, economy=STILL, **top):
    spec = BASE | top | {"asset": list(assets), "economy": economy, "correlation": {"default": 0.3}}
    if events:
        spec["event"] = list(events)
    if owner is not None:
        spec["owner"] = owner
    return spec


def inline(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return '"' + value + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return "{ " + ", ".join(f"{k} = {inline(v)}" for k, v in value.items()) + " }"


def toml(name, spec):
    lines = [f'title = "{name}"'] + [f"{k} = {inline(v)}" for k, v in spec.items() if not isinstance(v, (dict, list))]
    lines += ["", "[run]", "seed = 1"]
    for key, value in spec.items():
        if isinstance(value, dict) and value:
            lines += ["", f"[{key}]"] + [f"{k} = {inline(v)}" for k, v in value.items()]
        for row in value if isinstance(value, list) else ():
            lines += ["", f"[[{key}]]"] + [f"{k} = {inline(v)}" for k, v in row.items()]
    return "\n".join(lines) + "\n"

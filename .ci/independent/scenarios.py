"""The scenarios of this check: each isolates one mechanism, and writes every number that its figures hang on."""

from builders import (
    CASH, CRISIS, LIVES, claim, cut, failure, fleet, hack, house, insured, lost, mix, place, pool,
    scenario, site, songs, tool, vault, wheel,
)


def by_mechanism():
    both = [vault(), claim()]
    keys = {"above": 70_000, "multisig": True}
    weak = hack(rate="0.25/year", total=0.1)
    small = {"income_share": 0.4, "volatility": 0.1}
    yes = {}
    yes["exploits and custody"] = {
        "exploit": scenario([vault()], [hack()], CASH),
        "exploit-verified": scenario([vault(verified=True)], [hack()], CASH),
        "exploit-rate-unknown": scenario([vault()], [hack(rate="0.01-0.2/year")], CASH),
        "exploit-shared": scenario([vault(), vault("other", 40_000, verified=True)], [hack(asset=["vault", "other"])]),
        "exploit-certain": scenario([vault()], [hack(at="2029-05", rate=None)], CASH),
        "exploit-surplus": scenario([vault(), claim(income_share=1.0)], [hack(rate="0.3/year")], CASH | {"surplus": "reinvest"}),
        "keys": scenario(both, [hack(), lost()], CASH | {"custody": keys}),
        "keys-all": scenario(both, [hack(), lost(asset=["vault", "fund"])],
                             CASH | {"custody": keys | {"above": 170_000, "per": "all"}}),
        "offline": scenario(both, [lost(asset=["vault", "fund"])],
                            CASH | {"custody": keys | {"multisig": False, "cold_storage": True, "cold_share": 0.6}}),
        "keys-and-offline": scenario([claim(volatility=0.4)], [lost(rate="0.3/year")],
                                     CASH | {"custody": keys | {"cold_storage": True, "cost": "600/year"}}),
        "cuts": scenario([claim(income_share=1.0)], [cut()], CASH),
        "cuts-for-good": scenario([claim(income_share=1.0)], [cut(rate="0.2/year", recovery="100 years")]),
    }
    yes["trigger of insurance"] = {
        "trigger-1": scenario([vault()], [weak], insured(("1 %/year", "3 months"))),
        "trigger-5": scenario([vault()], [weak], insured(("5 %/year", "3 months"))),
        "trigger-10": scenario([vault()], [weak], insured(("10 %/year", "3 months"))),
        "trigger-15": scenario([vault()], [weak], insured(("15 %/year", "3 months"))),
        "trigger-window-1": scenario([vault()], [weak], insured(("8 %/year", "2 weeks"))),
        "trigger-window-9": scenario([vault()], [hack(rate="0.8/year", total=0.05)], insured(("8 %/year", "9 months"))),
        "trigger-again": scenario([vault()], [hack(rate="3/year", total=0.02)], insured(("10 %/year", "1 month"), limit=200_000)),
        "trigger-horizon": scenario([vault()], [hack(rate="0.6/year", total=0)], insured(("8 %/year", "6 months")), horizon="14 months"),
        "trigger-kept": scenario([vault(roi="5-18 %", decay="6 %/year", **small)], [weak], insured(("9 %/year", "3 months"))),
        "trigger-pool": scenario([pool(name="vault")], [weak], insured(("7 %/year", "4 months"))),
        "trigger-crisis": scenario([vault()], [weak], insured(("12 %/year", "2 months"), insurer_default=0.2), crisis=CRISIS),
        "trigger-attached": scenario([vault()], [weak], insured(("12 %/year", "2 months"), attachment=0.6, limit=15_000)),
        "trigger-other-losses": scenario([vault()], [weak, hack(name="peg", kind="depeg", rate="0.5/year", total=0)], insured(("8 %/year", "4 months"))),
    }
    yes["insurance of losses"] = {
        "loss-covered": scenario([vault()], [weak], insured(cover=0.8, deductible=8_000)),
        "loss-limit": scenario([vault()], [hack(rate="0.7/year", total=0)], insured(limit=25_000)),
        "loss-attached": scenario([vault()], [weak], insured(attachment=0.5, waiting="3 months", deductible=2_000)),
        "loss-crisis": scenario([vault()], [weak], insured(insurer_default=0.15, deductible=3_000), crisis=CRISIS),
    }
    fair = lambda *a, **k: insured(*a, **k) | {"fair": True}
    yes["fair premiums"] = {
        "fair-loss": scenario([vault()], [hack(total=0)], fair()),
        "fair-loss-total": scenario([vault()], [weak], fair(cover=0.9, deductible=3_000)),
        "fair-rate-unknown": scenario([vault()], [hack(rate="0.01-0.2/year")], fair()),
        "fair-trigger-5": scenario([vault()], [weak], fair(("5 %/year", "3 months"))),
        "fair-trigger-12": scenario([vault()], [weak], fair(("12 %/year", "3 months"))),
        "fair-crisis": scenario([vault()], [weak], fair(insurer_default=0.2), crisis=CRISIS),
        "fair-verified": scenario([vault(verified=True)], [weak], fair(limit=90_000)),
        "fair-certain": scenario([vault()], [hack(at="2030-01", rate=None)], fair()),
        "fair-inflation": scenario([vault()], [weak], fair(limit=20_000), {"inflation": "6 %/year", "cash_rate": "1 %/year"}),
        "fair-keys": scenario([vault()], [weak, lost(asset="vault", rate="0.3/year")], fair(cause="custody-loss") | {"custody": keys}),
        "fair-keys-all": scenario([claim(name="vault", value=80_000), claim()], [lost(asset=["vault", "fund"], rate="0.3/year"), cut()],
                                  fair(cause="custody-loss") | {"custody": keys | {"above": 120_000, "per": "all", "cold_storage": True}}),
        "fair-compliant": scenario([vault()], [hack(rate="0.25/year", if_compliant=0.3)], fair(attachment=0.1) | {"compliance_service": "600/year"}),
        "fair-short": scenario([vault()], [weak], fair(("8 %/year", "6 months")), horizon="18 months"),
    }
    yes["arrivals and churn"] = {
        "arrivals": scenario([tool()], (), CASH),
        "arrivals-default": scenario([tool(arrivals=None, arrivals_share="4 %/month", churn="8 %/month")], (), CASH),
        "arrivals-for-ever": scenario([tool(arrivals_half_life="never", arrivals="60/year")], (), CASH),
        "acquisition-cost": scenario([tool(acquisition_payback=None, acquisition_cost=60)], (), CASH),
        "churn-spread": scenario([tool(churn_spread=0.7)], (), CASH),
        "churn-range": scenario([tool(churn="2-9 %/month", churn_spread=None)], (), CASH),
        "repricing": scenario([tool(repricing="0.4/year", repricing_size=1.3, repricing_spread=0.4, repricing_half_life="12 months")], (), CASH),
        "repricing-often": scenario([tool(repricing="1/year", repricing_size=1.2, repricing_spread=0.3, repricing_half_life="24 months", roi="20-50 %")], (), CASH),
        "repricing-ends": scenario([tool(repricing="0.1/year", repricing_size=5, repricing_spread=1.0, repricing_half_life="13 months", closes_after="1 month")], (), CASH),
        "closes": scenario([tool(churn="12 %/month", arrivals_half_life="never", arrivals="12/month", acquisition_payback="8.7 months")], (), CASH),
        "repricing-drawn": scenario([tool(repricing="0.3-3/year", repricing_size=[1.1, 1.3, 1.9], repricing_spread=0.3, repricing_half_life="24 months")], (), CASH),
        "subscribers-few": scenario([tool(subscribers=12, arrivals="0.4/month", volatility=0)]),
    }
    yes["failure of an issuer"] = {
        "issuer": scenario([claim(), vault("liquid", 20_000)], [failure()], LIVES),
        "issuer-alone": scenario([claim()], [failure(rate="0.1/year")], LIVES | {"spending": "800/month"}),
        "issuer-long": scenario([claim(), vault("liquid", 20_000)], [failure(redemption_stop="30 months")], LIVES),
        "issuer-total": scenario([claim(), vault("liquid", 30_000)], [failure(total=0.4)], LIVES),
        "issuer-surplus": scenario([claim(income_share=1.0), vault("liquid", 50_000, income_share=1.0)], [failure(rate="0.3/year")], CASH | {"surplus": "reinvest"}),
    }
    point = {"mean": "3 %/year", "starts": "8 %/year", "volatility": "3 %/year", "half_life": "18 months"}
    flows = [{"name": "rent", "amount": "900/month", "grows": "0 %/year"}, {"name": "roof", "amount": -9_000, "at": "2030-06"}]
    yes["inflation and deflation"] = {
        "prices-default": scenario([claim()], (), LIVES, {}),
        "prices-range": scenario([claim()], (), LIVES, {"inflation": ["1 %/year", "3 %/year", "8 %/year"], "cash_rate": "2 %/year"}, horizon="10 years"),
        "prices-start": scenario([claim()], (), LIVES, {"inflation": point}),
        "prices-wild": scenario([claim()], (), LIVES | {"flows": flows}, {"inflation": point | {"starts": "-3 %/year", "volatility": "5 %/year"}}),
        "deflation": scenario([claim()], (), LIVES, {"inflation": {"mean": "-2 %/year"}, "cash_rate": "0 %/year"}),
        "property": scenario([house()], (), CASH, {"inflation": point | {"property": 0.9}}),
        "property-claimed": scenario([claim("house", "tokenized-real-estate")], (), CASH, {"inflation": point}),
    }
    yes["exit prices"] = {
        "price-multiple": scenario([site(income="900/month", multiple=2.5)], (), CASH),
        "price-unknown": scenario([wheel(income="400-1600/month", multiple=3)], (), CASH),
        "price-in-need": scenario([wheel(effort="2/year")], (), LIVES | {"spending": "1500/month"}),
        "price-volatile": scenario([fleet(volatility=0.6)], [hack(asset="fleet", kind="agent-error")], CASH),
        "price-jumps": scenario([site(volatility=0.4, jumps={"rate": "1/year", "mean": -0.2, "sd": 0.1})], (), LIVES | {"spending": "1200/month"}),
    }
    yes["exit prices"] |= {
        "price-by-yield": scenario([songs(roi="10-80 %")], (), CASH),
        "price-struck": scenario([songs()], [hack(asset="songs", kind="agent-error", rate="2/year", total=0)], CASH),
        "price-late": scenario([songs(payment_lag="9 months")], (), LIVES | {"spending": "1400/month"}),
        "price-of-a-tool": scenario([tool(roi="20-60 %", churn="7 %/month")], (), LIVES | {"spending": "1100/month"}),
        "price-dear-seeding": scenario([fleet(roi="15 %", reseed_cost="8 months", reseed_time="6 months")], (), CASH),
        "price-for-decades": scenario([fleet(roi="6 %", shutdown="1 %/year", algorithm_half_life="120 months", reseed_cost="3 months")], (), CASH),
        "price-of-tests": scenario([fleet(roi="15 %", uplift="8 %/year", uplift_limit=1.3)], (), CASH),
    }
    two = {"liquidity": True, "pair_volatility": 0.6, "pair_correlation": 0.2, "volatility": 0.5}
    yes["liquidity of two coins"] = {
        "liquidity": scenario([pool(**two)], (), CASH),
        "liquidity-alike": scenario([pool(**two | {"pair_correlation": 0.9})], (), CASH),
        "liquidity-stable": scenario([pool(**two | {"volatility": 0, "pair_volatility": 0.4})], (), CASH),
        "liquidity-jumps": scenario([pool(**two, jumps={"rate": "1/year", "mean": -0.3, "sd": 0.1})], (), CASH),
        "liquidity-crisis": scenario([pool(**two)], (), CASH, crisis=CRISIS),
        "liquidity-fall": scenario([pool(**two)], (), CASH, shock=[{"at": "2028-03", "market": "pool", "loss": "60 %"}]),
    }
    yes["pools"] = {
        "pool": scenario([pool()], (), CASH),
        "pool-claim-range": scenario([pool(roi="3-20 %", base_yield="4-9 %/year")], (), CASH),
        "pool-moves": scenario([pool(rebalance="1 week", spread="8 %/year", spread_half_life="7 days", bridge_cost=0.001)]),
    }
    yes["rent"] = {
        "rent": scenario([house()], (), CASH),
        "rent-written": scenario([house(roi=None, rent="11 %/year", disputes="1/year")], (), CASH),
        "rent-empty": scenario([house(vacancy=0.4, vacancy_lasts="9 months", roi="4-8 %")]),
    }
    late = {"payment_lag": "9 months", "income_share": 1.0}
    yes["late payment"] = {
        "lag": scenario([claim(**late)], (), LIVES),
        "lag-cut": scenario([claim(**late)], [cut()], CASH),
        "lag-alone": scenario([claim(roi="5-20 %", **late)]),
        "lag-taxed": scenario([claim(**late)], (), CASH | {"tax_rate": "25 %", "compliance_cost": "600/year"}),
        "lag-brackets": scenario([claim(**late), claim("prompt", value=30_000, income_share=1.0)], (), CASH | {"tax_rate": [
            {"above": 2_000, "rate": "10 %"}, {"above": 6_000, "rate": "40 %"}]}, horizon="63 months"),
        "lag-of-years": scenario([claim(**late | {"payment_lag": "60 months"})], (), CASH | {"tax_rate": "25 %"}, horizon="50 months"),
    }
    yes["fleets"] = {
        "fleet": scenario([fleet()], (), CASH),
        "fleet-untended": scenario([fleet(audit=0)], (), CASH),
        "fleet-sunset": scenario([fleet(found="sunset", audit="12 h/week", reseed_cost=None, reseed_time=None)], (), CASH),
        "fleet-tested": scenario([fleet(uplift="15 %/year", uplift_limit=1.2, audit="12 h/week")], (), CASH),
        "fleet-small": scenario([fleet(units=8, audit="0.5 h/week", shutdown="40 %/year")]),
    }
    yes["flywheels"] = {
        "wheel": scenario([wheel()], (), CASH),
        "wheel-linear": scenario([wheel(reinvested=0, effort="3/year")], (), CASH),
        "wheel-crowded": scenario([wheel(saturation=9, reinvested=0.6, build_cost="5 months")]),
        "wheel-enough": scenario([wheel(saturation=24, reinvested=0.6, build_cost="3 months", effort="4/year")], (), CASH),
        "wheel-closes": scenario([wheel(products=1, build_cost="20 months", closure="1.2 %/month")], (), CASH),
        "wheel-works": scenario([wheel(products=1, build_cost="20 months", effort="0.1/year")], (), CASH),
        "wheel-cut": scenario([wheel()], [cut(asset="wheel")], CASH),
    }
    yes["content"] = {
        "site": scenario([site()], (), CASH),
        "site-updates": scenario([site(updates="3/year", update_sd=0.8)], (), CASH),
        "site-given-up": scenario([site(fixed_costs=0.6, ai_answers="25 %/year")]),
        "site-cut": scenario([site()], [cut(asset="site")], CASH),
    }
    aged = {"lasting": 0.3, "lasting_half_life": "120 months", "age": "24 months"}
    yes["catalogues of works"] = {
        "songs": scenario([songs()], (), CASH),
        "songs-pareto": scenario([songs(works_log_sd=None, works_tail=2.5, releases="24/year")], (), CASH),
        "songs-age": scenario([songs(**aged)], (), CASH),
        "songs-deals": scenario([songs(releases=0, release_cost=None, brand_deals={"rate": "3/year", "size": 1.5, "log_sd": 0.8})]),
    }
    aim = {"volatility_target": 0.15, "volatility_half_life": "3 months"}
    yes["managed mixes"] = {
        "mix": scenario([mix()], (), CASH),
        "mix-range": scenario([mix(roi="2-25 %", edge_half_life="80 years", income_share=0.8)], (), CASH),
        "mix-target": scenario([mix(**aim)], (), CASH),
        "mix-target-crisis": scenario([mix(**aim, jumps={"rate": "1/year", "mean": -0.1, "sd": 0.05})], (), CASH, crisis=CRISIS),
    }
    pays = claim(roi="12 %", income_share=0.8)
    steps = [{"above": 2_000, "rate": "15 %"}, {"above": 8_000, "rate": "40 %"}]
    yes["taxes"] = {
        "tax": scenario([pays], (), CASH | {"tax_rate": "25 %"}),
        "tax-at-once": scenario([pays], (), CASH | {"tax_rate": "10-40 %", "tax": "real-time", "compliance_cost": "1200/year"}),
        "tax-on-gains": scenario([claim(roi="12 %", income_share=0.2)], (), LIVES | {"spending": "1500/month", "tax_rate": "30 %", "surplus": "reinvest"}),
        "tax-brackets": scenario([pays], (), CASH | {"tax_rate": steps}, {"inflation": "6 %/year", "cash_rate": "1 %/year"}, horizon="63 months"),
        "tax-of-the-ruined": scenario([claim(roi="30 %", income_share=1.0)], (), CASH | {"tax_rate": "40 %", "compliance_cost": "60000/year", "spending": "2000/month"}),
        "tax-of-a-business": scenario([wheel(effort="2/year")], (), CASH | {"tax_rate": steps, "gains_tax_rate": "20 %", "spending": "1200/month", "compliance_cost": "900/year"}),
    }
    pays = claim(roi="5-16 %", income_share=0.9)
    dubai = place("united-arab-emirates", "0 %", **{"from": "2029-01", "income_at_least": "720/month", "cost": 8_500,
                                                    "exit_tax": "5 %", "compliance_cost": "1800/year"})
    home = place("portugal", "28 %")
    early = dubai | {"from": "2027-05", "cost": 2_000}
    later = place("estonia", "10 %", **{"from": "2031-01", "income_at_least": "500/month", "cost": 1_000})
    yes["moves"] = {
        "move": scenario([pays], (), CASH | {"residence": [home, dubai]}),
        "move-of-a-business": scenario([fleet(), claim(value=30_000)], (), CASH | {"residence": [home, dubai | {"income_at_least": "900/month"}]}),
        "move-early": scenario([pays, tool()], (), CASH | {"residence": [home | {"tax_rate": "0 %"}, early | {"income_at_least": "1800/month"}]}, {"inflation": "6 %/year", "cash_rate": "1 %/year"}),
        "move-twice": scenario([pays], (), LIVES | {"residence": [home, dubai, later]}),
        "move-and-back": scenario([pays], (), CASH | {"residence": [home, dubai, home | {"from": "2031-01", "cost": 6_000, "exit_tax": "10 %"}]}),
        "move-asked-again": scenario([pays], (), CASH | {"residence": [home, dubai, dubai | {"from": "2031-01", "income_at_least": "500/month"}]}),
    }
    debt = {"leverage": 2, "borrow_rate": "6 %/year", "liquidation_threshold": 0.8, "liquidation_penalty": 0.05}
    yes["borrowed money"] = {
        "debt": scenario([pool(**debt)], (), CASH),
        "debt-jumps": scenario([pool(**debt, jumps={"rate": "1/year", "mean": -0.2, "sd": 0.1})], (), CASH),
        "debt-dear": scenario([pool(**debt | {"borrow_rate": "30 %/year", "leverage": 1.5}, rebalance="1 week", spread="8 %/year", spread_half_life="7 days", bridge_cost=0.001)]),
        "debt-hacked": scenario([pool(**debt, name="vault")], [weak], CASH, crisis=CRISIS),
    }
    builds = {"cost": 3_000, "time": "5 months", "after": "4 months", "fails": 0.4}
    yes["launches"] = {
        "launch": scenario([claim(), site(income="700/month", multiple=2.5, launch=builds)], (), CASH),
        "launch-unknown": scenario([claim(), wheel(income="200-1200/month", multiple=2.5, launch=builds | {"cost": "1000-9000"})], (), CASH),
        "launch-in-need": scenario([claim(value=30_000), tool(income="500/month", multiple=3, launch=builds)], (), LIVES),
        "launch-dear": scenario([claim(), songs(income="300-1500/month", multiple=5, launch=builds)], (), CASH),
        "launch-at-once": scenario([claim(), fleet(income="800/month", multiple=2.5, launch={"cost": 5_000, "time": "1 month", "fails": 0.2})], (), CASH | {"tax_rate": "30 %"}),
    }
    return {m: {k: tidy(s) for k, s in group.items()} for m, group in yes.items()}


def tidy(spec):
    """The scenario without the keys that a variation took out."""
    for table in ("asset", "event"):
        spec[table] = [{k: v for k, v in row.items() if v is not None} for row in spec.get(table, [])]
    owner = spec.get("owner")
    if owner and owner.get("fair"):
        cover = {k: v for k, v in owner["cover"][0].items() if k != "premium"}
        spec["owner"] = {k: v for k, v in owner.items() if k != "fair"} | {"cover": [cover]}
    return spec

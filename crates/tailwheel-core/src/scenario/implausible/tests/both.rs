//! Values that cannot be meant, each beside one that can.

/// For each rule what cannot be meant, and its plausible neighbor.
pub const BOTH: &[(&str, &str, &str)] = &[
    ("owner.rebalance", "owner.rebalance=\"121 months\"", "owner.rebalance=\"10 years\""),
    (
        "owner.cover.vault.waiting",
        "owner.cover.vault.waiting=\"11 years\"",
        "owner.cover.vault.waiting=\"400 days\"",
    ),
    (
        "asset.songs.payment_lag",
        "horizon=\"60 months\" & asset.songs.payment_lag=\"59.5 months\"",
        "horizon=\"60 months\" & asset.songs.payment_lag=\"59 months\"",
    ),
    ("economy.inflation", "economy.inflation=\"-50 %/year\"", "economy.inflation=\"-2 %/year\""),
    (
        "economy.inflation.fixed",
        "economy.inflation={fixed=\"-40 %/year\"}",
        "economy.inflation={fixed=\"-2 %/year\"}",
    ),
    (
        "economy.inflation.mean",
        "economy.inflation={mean=\"-40 %/year\"}",
        "economy.inflation={mean=\"-2 %/year\"}",
    ),
    (
        "economy.inflation.mean",
        "economy.inflation={mean=[\"-40 %/year\",\"2 %/year\",\"4 %/year\"]}",
        "economy.inflation={mean=[\"-4 %/year\",\"2 %/year\",\"4 %/year\"]}",
    ),
    (
        "economy.inflation.starts",
        "economy.inflation={mean=\"2 %/year\",starts=\"-40 %/year\"}",
        "economy.inflation={mean=\"2 %/year\",starts=\"-4 %/year\"}",
    ),
    (
        "economy.inflation",
        "economy.inflation=[\"-40 %/year\",\"2 %/year\",\"4 %/year\"]",
        "economy.inflation=[\"-4 %/year\",\"2 %/year\",\"4 %/year\"]",
    ),
    (
        "economy.inflation",
        "economy.inflation=[\"2 %/year\",\"2 %/year\",\"4 %/year\"]",
        "economy.inflation=[\"2 %/year\",\"2.5 %/year\",\"4 %/year\"]",
    ),
    (
        "asset.site.launch.cost",
        "asset.site.launch={time=\"2 months\"}",
        "asset.site.launch={cost=400,time=\"2 months\"}",
    ),
    ("event.hack.total", "event.hack.total=\"0.0001-50 %\"", "event.hack.total=\"1-50 %\""),
    (
        "asset.stock.downloads",
        "asset.stock.downloads=\"1-1e9\"",
        "asset.stock.downloads=\"30-3_000\"",
    ),
    (
        "asset.stock.downloads",
        "asset.stock.downloads=[30,30,300]",
        "asset.stock.downloads=[30,46,300]",
    ),
    (
        "asset.stock.downloads",
        "asset.stock.downloads=[30,300,300]",
        "asset.stock.downloads=[30,290,300]",
    ),
    (
        "asset.shop.launch.cost",
        "asset.shop.launch.cost=\"1-100_000\"",
        "asset.shop.launch.cost=\"100-9_000\"",
    ),
    ("asset.shop.launch.cost", "asset.shop.launch.cost=0", "asset.shop.launch.cost=1"),
    ("event.hack.rate", "event.hack.rate=\"1e-6-1/year\"", "event.hack.rate=\"0.001-1/year\""),
    (
        "owner.residence.estonia.spending",
        "drop=[\"owner.tax_rate\",\"owner.gains_tax_rate\",\"owner.compliance_cost\"] & owner.residence=[{in=\"estonia\",spending=0}]",
        "drop=[\"owner.tax_rate\",\"owner.gains_tax_rate\",\"owner.compliance_cost\"] & owner.residence=[{in=\"estonia\",spending=\"900/month\"}]",
    ),
    ("economy.cash_rate", "economy.cash_rate=\"300 %/year\"", "economy.cash_rate=\"8 %/year\""),
    ("economy.cash_rate", "economy.cash_rate=\"-50 %/year\"", "economy.cash_rate=\"-0.5 %/year\""),
    (
        "economy.cash_rate.mean",
        "economy.cash_rate={mean=\"300 %/year\",volatility=\"1 %/year\",half_life=\"42 months\"}",
        "economy.cash_rate={mean=\"3 %/year\",volatility=\"1 %/year\",half_life=\"42 months\"}",
    ),
    (
        "economy.cash_rate.starts",
        "economy.cash_rate={mean=0.03,starts=\"90 %/year\",volatility=\"1 %/year\",half_life=\"42 months\"}",
        "economy.cash_rate={mean=0.03,starts=\"9 %/year\",volatility=\"1 %/year\",half_life=\"42 months\"}",
    ),
    ("owner.tax_rate", "owner.tax_rate=\"100 %\"", "owner.tax_rate=\"40-60 %\""),
    (
        "owner.tax_rate.1.rate",
        "owner.tax_rate=[{above=10_000,rate=\"100 %\"}]",
        "owner.tax_rate=[{above=10_000,rate=\"60 %\"}]",
    ),
    ("owner.gains_tax_rate", "owner.gains_tax_rate=1", "owner.gains_tax_rate=0.5"),
    ("event.reform.points", "event.reform.points=\"60 %\"", "event.reform.points=\"20 %\""),
    (
        "owner.spending",
        "owner.spending=\"1_000_000_000_000/month\"",
        "owner.spending=\"1_200_000/year\"",
    ),
    (
        "owner.spending.2.amount",
        "owner.spending=[{amount=\"1750/month\",from=\"2027-01\"},{amount=\"1_000_000_000/month\",from=\"2031-01\"}]",
        "owner.spending=[{amount=\"1750/month\",from=\"2027-01\"},{amount=\"400_000/month\",from=\"2031-01\"}]",
    ),
    (
        "owner.compliance_cost",
        "owner.compliance_cost=\"1_000_000_000/year\"",
        "owner.compliance_cost=[\"650/year\",\"1400/year\",\"200_000/year\"]",
    ),
    (
        "owner.compliance_service",
        "owner.compliance_service=\"1_000_000_000/year\"",
        "owner.compliance_service=\"50_000/year\"",
    ),
    (
        "owner.custody.cost",
        "owner.custody.cost=\"1_000_000_000/year\"",
        "owner.custody.cost=\"50_000/year\"",
    ),
    ("owner.hour_value", "owner.hour_value=1_000_000_000", "owner.hour_value=2_000"),
    (
        "owner.flows.car.amount",
        "owner.flows=[{name=\"car\",amount=-1_000_000_000_000,at=\"2031-06\"}]",
        "owner.flows=[{name=\"car\",amount=-500_000,at=\"2031-06\"}]",
    ),
    (
        "owner.flows.car.amount",
        "owner.flows=[{name=\"car\",amount=0,at=\"2031-06\"}]",
        "owner.flows=[{name=\"car\",amount=-1,at=\"2031-06\"}]",
    ),
    (
        "owner.flows.gift.amount",
        "owner.flows=[{name=\"gift\",amount=\"0/month\"}]",
        "owner.flows=[{name=\"gift\",amount=\"0.5/month\"}]",
    ),
    (
        "asset.shop.launch.cost",
        "asset.shop.launch.cost=1_000_000_000_000",
        "asset.shop.launch.cost=900_000",
    ),
    (
        "event.claim.amount",
        "event.claim.amount=1_000_000_000_000 & event.claim.at_most=1_000_000_000_000",
        "event.claim.amount=140_000",
    ),
    ("owner.cover.vault.limit", "owner.cover.vault.limit=0", "owner.cover.vault.limit=1_000"),
    (
        "owner.cover.vault.limit",
        "owner.cover.vault.limit=6_000_000",
        "owner.cover.vault.limit=300_000",
    ),
    (
        "owner.cover.vault.waiting",
        "owner.cover.vault.waiting=\"120 months\"",
        "owner.cover.vault.waiting=\"119 months\"",
    ),
    (
        "owner.cover.vault.premium",
        "owner.cover.vault.premium=0",
        "owner.cover.vault.premium=\"0.1 %/year\"",
    ),
    ("owner.cover.vault.cover", "owner.cover.vault.cover=0", "owner.cover.vault.cover=0.1"),
    (
        "owner.cover.vault.insurer_default",
        "owner.cover.vault.insurer_default=1",
        "owner.cover.vault.insurer_default=0.5",
    ),
    ("fx.EUR/USD.pair", "asset.house.currency=\"USD\"", "asset.house.currency=\"EUR\""),
    ("asset.fleet.units", "asset.fleet.units=1_000_000_000", "asset.fleet.units=100_000"),
    (
        "asset.shop.saturation",
        "asset.shop.saturation=1_000_000_000",
        "asset.shop.saturation=10_000",
    ),
    ("asset.songs.works", "asset.songs.works=1_000_000_000", "asset.songs.works=1_000_000"),
    (
        "asset.tool.subscribers",
        "asset.tool.subscribers=1_000_000_000",
        "asset.tool.subscribers=1_000_000",
    ),
    ("asset.site.visits", "asset.site.visits=1_000_000_000", "asset.site.visits=5_000_000"),
    ("asset.tool.churn", "asset.tool.churn=\"100 %/month\"", "asset.tool.churn=\"15 %/month\""),
    ("asset.fleet.exit_haircut", "asset.fleet.exit_haircut=1", "asset.fleet.exit_haircut=0.8"),
    (
        "asset.house.manager_fee",
        "asset.house.manager_fee=\"60 %/year\"",
        "asset.house.manager_fee=\"20 %/year\"",
    ),
    (
        "asset.defi.borrow_rate",
        "asset.defi.borrow_rate=\"200 %/year\"",
        "asset.defi.borrow_rate=\"40 %/year\"",
    ),
    ("asset.defi.volatility", "asset.defi.volatility=\"400 %\"", "asset.defi.volatility=\"150 %\""),
    ("event.hack.severity", "event.hack.severity=\"0 %\"", "event.hack.severity=\"0-10 %\""),
    ("event.hack.rate", "event.hack.rate=\"8/month\"", "event.hack.rate=\"2/month\""),
    (
        "shock.1.loss",
        "shock=[{at=\"2028-07\",market=\"defi\",loss=0}]",
        "shock=[{at=\"2028-07\",market=\"defi\",loss=0.9}]",
    ),
    ("crisis.begins", "crisis.begins=\"100 %/month\"", "crisis.begins=\"30 %/month\""),
];

//! Kind `managed-portfolio`: the return of a mix, and a manager's edge over it that fades.
//!
//! In: `roi` as the return in past data, the mix as a whole or in parts (`mix`), the size and half-life of
//! the edge. Out: [`Managed`]. Not here: price moves of the mix (`market`).
//!
//! ```text
//! edge   = m − (mix − fee)                                   per year; m: return in past data
//! r_t    = mix − fee + kept·edge·2^(−(t − 1)/h)              simple; a month has a twelfth; an edge < 0 stays whole
//! income = χ·max(0, r_t/12)·V,   price ← price·(1 + r_t/12 − χ·max(0, r_t/12))
//! ```
//!
//! With a volatility target, part of the mix is held in cash (`target`).

mod mix;
mod target;

use super::{
    Asset, Claimed, Coefficient, Description, Earning, Expected, Facts, Income, Lever, Slot, idle, roi, wear,
};
use crate::form::{Drawn, Group, Kind, Preset, Reader, fault};
use crate::market::STEPS_PER_YEAR;
use crate::math::LANES;
use crate::parameters;
use crate::stage::{Build, Phase};
use crate::units::{AnnualRate, Delay, Fraction, Volatility, VolatilityTarget, YieldRate};
use mix::Mix;
use std::sync::Arc;
use target::ExposureRule;

pub const KIND: Kind<dyn Asset> = Kind {
    id: "managed-portfolio",
    doc: "A mix that returns what it does, and an edge found in past data: part of it is there, and that fades.",
    example: "roi = \"14-22 %\"\nroi_law = \"p05-p95\"\nmix_return = \"6 %/year\"\nedge_kept = 0.74\n\
              edge_half_life = \"36 months\"\nmanager_fee = \"0.75 %/year\"\nincome_share = 0.8\n\
              volatility_target = 0.15\nvolatility_half_life = \"3 months\"\n",
    fields: Managed::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

parameters! {
    /// An asset of kind `managed-portfolio`: the return of a mix, and its manager's edge and fee.
    pub struct Managed {
        /// Yearly return of the mix of tokens, shares, property and collectibles without any skill, before
        /// the fee. The edge is what `roi` promises above this return less the fee.
        mix_return: Option<AnnualRate> = Preset::Class => "\"6 %/year\"",
        /// Parts of which the mix is made at the start of every month, which add up to 1: shares, property,
        /// pools, tokens, collectibles, community tokens. `volatility` and `mix_return` then follow from
        /// fixed values of the parts, all guesses, and are not written.
        mix: Option<Mix> = Preset::Absent
            => "{ equity = 0.4, property = 0.25, defi = 0.2, crypto = 0.1, collectibles = 0.05 }",
        /// Part of an edge found in past data that is left as soon as real money follows it.
        edge_kept: Drawn<Fraction> = Preset::Class => "0.74",
        /// Time after which half of that is gone, because others do the same. Without it it stays.
        edge_half_life: Option<Delay> = Preset::Class => "\"36 months\"",
        /// Yearly fee of the manager and the custodian: a firm, a platform, a DAO.
        manager_fee: Drawn<YieldRate> = Preset::Class,
        /// Part of the return that is paid out each month; the rest is growth of the price.
        income_share: Fraction = Preset::Class,
        /// Volatility above which part of the mix is sold for cash: in every month min(1, target/estimate)
        /// of it is in the market, the estimate that of the months before. Without it all of it is, always.
        volatility_target: Option<VolatilityTarget> = Preset::Absent => "0.15",
        /// Time after which a month has half the weight in that estimate.
        volatility_half_life: Option<Delay> = Preset::Class => "\"3 months\"",
    } and {
        /// Claimed return, read from keys that all kinds share.
        claimed: Claimed,
        /// Volatility of the mix, if it is stated by its parts.
        volatility: Option<Volatility>,
    }
}

impl Asset for Managed {
    fn description(&self) -> Description<'_> {
        Description { kind: KIND.id, claimed: &self.claimed, keys: self }
    }

    fn facts(&self) -> Facts {
        let is_levered = self.volatility_target.is_some();
        Facts {
            is_levered,
            keeps_return: true,
            market_volatility: self.volatility,
            states: if is_levered { target::STATES } else { &[] },
            ..Facts::HOLDING
        }
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let start = roi::start(self.claimed.law(), slot, build).scaled;
        let [edge, price, income] = [build.row(), build.row(), build.row()];
        let of = self.edge();
        let fee = build.drawn("manager_fee", &self.manager_fee);
        let mix_return = self.mix_return();
        let base = Coefficient::from([fee], build, move |[fee]| (mix_return - fee) / STEPS_PER_YEAR);
        let kept = build.drawn("edge_kept", &self.edge_kept);
        build.open(
            #[inline(always)]
            move |cx| {
                let [start, base, kept] = [start, base, kept].map(|of| of.of_paths(cx.rows));
                cx.rows.get_mut(edge).each(|lane, _| at_first(start[lane], base[lane], kept[lane]));
            },
        );
        let fee = Coefficient::from([fee], build, |[fee]| fee / STEPS_PER_YEAR);
        let target = ExposureRule::of(self, fee, slot);
        if let Some(target) = &target {
            target.build(slot, price, build);
        }
        // sets the coefficients of the next month
        for phase in [Phase::Open, Phase::Prepare] {
            build.step(
                phase,
                "Follow",
                #[inline(always)]
                move |cx| {
                    let now = *cx.rows.get(edge);
                    let mut surplus = now;
                    surplus += &base.of_paths(cx.rows);
                    if let Some(target) = &target {
                        let (exposure, fee) = (cx.rows.get(target.exposure), target.fee.of_paths(cx.rows));
                        surplus.each(|lane, own| target.returned(own, fee[lane], exposure[lane]));
                    }
                    let [price, income] = cx.rows.pair(price, income);
                    for lane in 0..LANES {
                        (price[lane], income[lane]) = roi::split(surplus[lane], of.income_share);
                    }
                    cx.rows.get_mut(edge).each(|lane, _| reduced(now[lane], of.left));
                },
            );
        }
        let income = Income::OfValue { rate: Coefficient::PerPath(income), factor: None };
        let income = (of.income_share > 0.0).then_some(income);
        let lever = target.map(|target| Lever { exposure: target.exposure, liquidation: None });
        Earning { lever, ..Earning::held(Coefficient::PerPath(price), income, slot.start) }
    }

    fn expected(&self, n_months: u32) -> Vec<Expected> {
        let of = self.edge();
        let mut edge = at_first(self.claimed(), of.base, of.kept);
        let month = |_| {
            let (growth, income) = roi::split(of.base + edge, of.income_share);
            edge = reduced(edge, of.left);
            Expected { growth, income }
        };
        (0..n_months).map(month).collect()
    }
}

impl Managed {
    fn mix_return(&self) -> f64 {
        self.mix_return.map_or(0.0, AnnualRate::get)
    }

    fn edge(&self) -> Edge {
        let half_life = self.edge_half_life;
        Edge {
            base: (self.mix_return() - self.manager_fee.get()) / STEPS_PER_YEAR,
            kept: self.edge_kept.get(),
            left: half_life.map_or(1.0, |half_life| wear::left(1.0, half_life.months())),
            income_share: self.income_share.get(),
        }
    }
}

/// Monthly return of a managed portfolio's mix of assets, and its edge: the manager's return above that. Every
/// key that is a range has its median.
#[derive(Clone, Copy)]
struct Edge {
    /// Monthly return of the mix, net of fees.
    base: f64,
    /// Fraction of the edge that remains in live trading.
    kept: f64,
    /// Fraction of the edge that remains after one month.
    left: f64,
    income_share: f64,
}

/// Monthly edge at first: the fraction `kept` of the promised return, `start` a year, above the monthly return
/// `base` of the mix.
#[inline(always)]
fn at_first(start: f64, base: f64, kept: f64) -> f64 {
    reduced(start / STEPS_PER_YEAR - base, kept)
}

/// The fraction `left` of an edge above zero; one below zero stays whole, because nobody copies what costs money.
#[inline(always)]
fn reduced(edge: f64, left: f64) -> f64 {
    if edge > 0.0 { left * edge } else { edge }
}

fn read(reader: &mut Reader<'_>) -> Managed {
    let mut read = Managed { claimed: Claimed::starting(reader), ..Managed::take(reader) };
    if read.volatility_target.is_none() && reader.sound(&["volatility_target"]) {
        let why = |_: &str| "nobody estimates a volatility without a target".to_owned();
        idle::refuse(["volatility_half_life"], why, "volatility_target = 0.15", reader);
        read.volatility_half_life = None;
    }
    read.volatility = mix::check(&mut read, reader);
    if read.mix_return.is_none() && reader.sound(&["mix_return", "mix", "class"]) {
        fault!(reader, "missing", "what a mix returns is missing"; "model" => "without any skill";
            such_as: "mix_return = \"6 %/year\"");
    }
    read
}

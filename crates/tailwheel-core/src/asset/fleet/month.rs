//! Monthly changes of a fleet's units: counts in rows, and one draw per kind of transition.
//!
//! All transitions start from the counts at the start of the month, so a unit that decays is not detected
//! in the same month:
//!
//! ```text
//! audited     X ~ Hypergeometric(H + D, D, min(A, H + D)),   detected F ~ Bin(X, d)
//! closed      Bin(D − F, s) of the decayed, C ~ Bin(H, s) of the healthy
//! decayed     Bin(H − C, h), and those decayed by events of the month (`UnitRows::fallen`)
//! back        units detected w months before
//! ```
//!
//! If units differ in size, the sums of their sizes change with the counts (`sizes`), and income follows
//! the sums.

use super::present_value::{FleetState, FleetValue};
use super::sizes::Sizes;
use super::uplift::Lift;
use super::{PathRates, Rates, luck};
use crate::asset::{Business, MOST_STATES, UnitRows};
use crate::math::{LANES, Lanes, lesser};
use crate::random::Purpose;
use crate::random::count::{binomial, binomials, hypergeometrics};
use crate::stage::{Build, Coefficient, Cx, Draw, Phase, Row, Scope, Stage};
use crate::units::LogSpread;
use std::sync::Arc;

/// Adds the monthly stages of a fleet and returns the rows of its units and of its business. `sizes` is
/// `None` if all units have equal size, `deviation` if their income does not vary.
pub(super) fn build(
    rates: Rates,
    sizes: Option<Sizes>,
    own: PathRates,
    shares: Shares,
    deviation: Option<LogSpread>,
    build: &mut Build,
) -> (UnitRows, Business) {
    let units = UnitRows {
        healthy: build.row_of(rates.all),
        decayed: build.row(),
        down: build.row(),
        fallen: build.row(),
        all: rates.all,
        lost_by_decay: Coefficient::from([own.decayed_income], build, |[part]| 1.0 - part),
        lift: None,
        sizes: sizes.map(|_| [build.row_of(rates.all), build.row()]),
    };
    let lift = own.uplift.map(|[monthly, limit]| Lift::build(monthly, limit, rates.audits, build));
    let units = UnitRows { lift: lift.map(|lift| lift.row), ..units };
    let ahead = FleetValue::build(&rates, own, build);
    let business = Business {
        luck: deviation.map(|deviation| luck::build(deviation, own.decayed_income, sizes, units, build)),
        spent: (rates.cost > 0.0).then(|| build.row()),
        ..Business::of(build.row_of(1.0), ahead.row)
    };
    let ahead = Arc::new(ahead);
    build.fill(&[shares[0]], 1.0);
    open(units, Arc::clone(&ahead), build);
    let draw = |is_needed: bool, purpose, build: &mut Build| {
        is_needed.then(|| build.uniforms(purpose, Scope::Month))
    };
    let closes = rates.closes > 0.0;
    let queue = |build: &mut Build| (0..rates.down.unwrap_or(0)).map(|_| build.row()).collect();
    let weighed = sizes.zip(units.sizes).map(|(of, rows)| Weighed {
        of,
        rows,
        drawn: build.uniforms(Purpose::UnitSize, Scope::Month),
        queue: queue(build),
    });
    let month = FleetMonth {
        rates,
        own,
        weighed,
        lift,
        units,
        shares,
        power: business.power,
        spent: business.spent,
        looked_at: draw(rates.audits > 0.0, Purpose::Audit, build),
        seen: draw(rates.audits > 0.0 && rates.detection < 1.0, Purpose::Detection, build),
        closed: draw(closes, Purpose::Churn, build),
        closed_decayed: draw(closes, Purpose::Closure, build),
        decaying: draw(rates.decays > 0.0, Purpose::Decay, build),
        queue: queue(build),
        ahead,
    };
    build.stage(Phase::Operate, month);
    (units, business)
}

/// Adds the stage that sets the present value on day one, when all units are healthy.
fn open(units: UnitRows, ahead: Arc<FleetValue>, build: &mut Build) {
    build.open(
        #[inline(always)]
        move |cx| {
            let (all, none) = (Lanes::splat(units.all), Lanes::ZERO);
            let left =
                FleetState { healthy: &all, decayed: &none, lift: units.lift, operating: &all, queue: &[] };
            ahead.follow(&left, cx);
        },
    );
}

/// Rows of the healthy, decayed, down and closed units, as fractions of all.
type Shares = [Row; MOST_STATES];

/// Stage with all transitions of a fleet's units in a month. A transition that cannot happen has no draw.
struct FleetMonth {
    rates: Rates,
    own: PathRates,
    /// Total sizes of the units; `None` if all units have equal size.
    weighed: Option<Weighed>,
    lift: Option<Lift>,
    units: UnitRows,
    shares: Shares,
    power: Row,
    spent: Option<Row>,
    looked_at: Option<Draw>,
    seen: Option<Draw>,
    closed: Option<Draw>,
    closed_decayed: Option<Draw>,
    decaying: Option<Draw>,
    /// Units found decayed in each of the last months as a ring: month t is stored at t modulo the length.
    queue: Vec<Row>,
    ahead: Arc<FleetValue>,
}

impl Stage for FleetMonth {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let (units, rates) = (self.units, &self.rates);
        let (mut healthy, mut decayed) = (*cx.rows.get(units.healthy), *cx.rows.get(units.decayed));
        let mut operating = healthy;
        operating += &decayed;
        let found = self.found(&operating, &decayed, cx);
        let mut moves = UnitMoves { healthy, decayed, found, ..UnitMoves::default() };
        decayed -= &found;
        let own = &self.own;
        moves.closed_decayed = thin(&mut decayed, self.closed_decayed, own.closes, cx);
        moves.closed = thin(&mut healthy, self.closed, own.closes, cx);
        moves.decaying = thin(&mut healthy, self.decaying, own.decays, cx);
        let stays = healthy;
        self.seed_anew(&found, &mut healthy, cx);
        moves.fallen = *cx.rows.get(units.fallen);
        decayed.each(|lane, own| own + (moves.decaying[lane] + moves.fallen[lane]));
        cx.rows.get_mut(units.fallen).fill(0.0);
        let [stayed, mut earning, kept] = match &self.weighed {
            Some(weighed) => weighed.follow(&moves, cx),
            None => [stays, healthy, decayed],
        };
        if let Some(lift) = self.lift {
            lift.follow(&operating, &moves.fallen, &stayed, &earning, cx);
        }
        self.look_ahead(&earning, &kept, &healthy, &decayed, cx);
        if let Some(lift) = self.lift {
            earning *= cx.rows.get(lift.row);
        }
        let part = own.decayed_income.of_paths(cx.rows);
        cx.rows.get_mut(self.power).each(|lane, _| part[lane].mul_add(kept[lane], earning[lane]) / rates.all);
        *cx.rows.get_mut(units.healthy) = healthy;
        *cx.rows.get_mut(units.decayed) = decayed;
        let down = *cx.rows.get(units.down);
        let mut closed = Lanes::splat(rates.all);
        closed.each(|lane, own| own - (healthy[lane] + decayed[lane] + down[lane]));
        for (row, counts) in self.shares.iter().zip([healthy, decayed, down, closed]) {
            cx.rows.get_mut(*row).each(|lane, _| counts[lane] / rates.all);
        }
    }
}

impl FleetMonth {
    /// Sets the present value of future income for the sizes and counts at the end of the month.
    #[inline(always)]
    fn look_ahead(&self, earning: &Lanes, kept: &Lanes, healthy: &Lanes, decayed: &Lanes, cx: &mut Cx<'_>) {
        let mut operating = *healthy;
        operating += decayed;
        let left = FleetState {
            healthy: earning,
            decayed: kept,
            lift: self.units.lift,
            operating: &operating,
            queue: match &self.weighed {
                Some(weighed) => &weighed.queue,
                None => &self.queue,
            },
        };
        self.ahead.follow(&left, cx);
    }

    /// Number of decayed units that this month's audits detect.
    #[inline(always)]
    fn found(&self, operating: &Lanes, decayed: &Lanes, cx: &Cx<'_>) -> Lanes {
        let Some(looked_at) = self.looked_at else {
            return Lanes::ZERO;
        };
        let drawn = Lanes::of(|lane| lesser(self.rates.audits, operating[lane]));
        let mut found = hypergeometrics(cx.draws.row(looked_at), operating, decayed, &drawn);
        thin(&mut found, self.seen, self.own.overlooked, cx);
        found
    }

    /// Takes the units `found` out of service and books the cost of re-seeding them. Adds units whose down
    /// time is over to `healthy`.
    #[inline(always)]
    fn seed_anew(&self, found: &Lanes, healthy: &mut Lanes, cx: &mut Cx<'_>) {
        if let Some(row) = self.spent {
            let cost = self.own.cost.of_paths(cx.rows);
            cx.rows.get_mut(row).each(|lane, _| found[lane] * (cost[lane] / self.rates.all));
        }
        if self.queue.is_empty() {
            return;
        }
        let place = self.queue[cx.month.index as usize % self.queue.len()];
        let [queued, down] = cx.rows.pair(place, self.units.down);
        for lane in 0..LANES {
            let back = queued[lane];
            healthy[lane] += back;
            down[lane] += found[lane] - back;
            queued[lane] = found[lane];
        }
    }
}

/// Removes from every count a binomial number with probability `chance` per unit. Returns these numbers.
#[inline(always)]
fn thin(counts: &mut Lanes, drawn: Option<Draw>, chance: Coefficient, cx: &Cx<'_>) -> Lanes {
    let Some(drawn) = drawn else {
        return Lanes::ZERO;
    };
    let drawn = cx.draws.row(drawn);
    let gone = match chance {
        Coefficient::Same(chance) => binomials(drawn, counts, chance),
        Coefficient::PerPath(row) => {
            let chance = cx.rows.get(row);
            Lanes::of(|lane| binomial(drawn[lane], counts[lane], chance[lane]))
        }
    };
    *counts -= &gone;
    gone
}

/// Units that change state in a month, per path. `healthy` and `decayed` are the counts at its start, after events.
#[derive(Default)]
struct UnitMoves {
    healthy: Lanes,
    decayed: Lanes,
    found: Lanes,
    closed_decayed: Lanes,
    closed: Lanes,
    decaying: Lanes,
    fallen: Lanes,
}

/// Total sizes of units, which change with their counts.
struct Weighed {
    of: Sizes,
    /// Total sizes of healthy units, including those in `UnitRows::fallen`, and of decayed ones.
    rows: [Row; 2],
    drawn: Draw,
    /// Total sizes of the units found decayed in each of the last months.
    queue: Vec<Row>,
}

impl Weighed {
    /// Advances the unit sizes by a month. Returns the total sizes of units that stayed healthy, of all
    /// healthy and of all decayed units.
    #[inline(always)]
    fn follow(&self, moves: &UnitMoves, cx: &mut Cx<'_>) -> [Lanes; 3] {
        let mut uniform = *cx.draws.row(self.drawn);
        let [of_healthy, of_decayed] = cx.rows.pair(self.rows[0], self.rows[1]);
        let (mut healthy, mut decayed) = (*of_healthy, *of_decayed);
        let mut found = Lanes::ZERO;
        let mut fell = Lanes::ZERO;
        // Skipped in most months, which have no such event.
        if moves.fallen.iter().any(|fallen| *fallen > 0.0) {
            for lane in 0..LANES {
                let (n, fallen) = (moves.healthy[lane], moves.fallen[lane]);
                fell[lane] = self.of.part(healthy[lane], n + fallen, fallen, &mut uniform[lane]);
            }
        }
        for lane in 0..LANES {
            let u = &mut uniform[lane];
            let n = moves.healthy[lane];
            let left = healthy[lane] - fell[lane];
            let left = left - self.of.part(left, n, moves.closed[lane], u);
            let stayed = n - moves.closed[lane];
            let aged = self.of.part(left, stayed, moves.decaying[lane], u);
            healthy[lane] = left - aged;
            let n = moves.decayed[lane];
            found[lane] = self.of.part(decayed[lane], n, moves.found[lane], u);
            let left = decayed[lane] - found[lane];
            let n = n - moves.found[lane];
            let closed = self.of.part(left, n, moves.closed_decayed[lane], u);
            decayed[lane] = left - closed + aged + fell[lane];
        }
        let stayed = healthy;
        if !self.queue.is_empty() {
            let place = self.queue[cx.month.index as usize % self.queue.len()];
            let queued = cx.rows.get_mut(place);
            healthy += &*queued;
            *queued = found;
        }
        *cx.rows.get_mut(self.rows[0]) = healthy;
        *cx.rows.get_mut(self.rows[1]) = decayed;
        [stayed, healthy, decayed]
    }
}

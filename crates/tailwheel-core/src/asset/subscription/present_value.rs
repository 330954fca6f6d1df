//! Present value of a subscription product's future income.
//!
//! ```text
//! S(j) = S·q^j + a·(q^j − f^j)/(q − f)            q = 1 − c, f = 2^(−1/h), a arrivals of the month
//! N(K) = S(j)/S_0·μ(K)/(1 − κ) − w·a·f^j          income after acquisition costs if the provider asks K
//! g(j) = u_j·(o_j·N(K_j) + e_j·min(0, N(K'_1) + … + N(K'_n)))
//! u_j  = the least max(0, min(1, N(K_i)/D(i))) of all i ≤ j,    D(i) = 2·√S(i)/S_0/(1 − κ); 0 if w is 0
//! ```
//!
//! o_j is the probability that the product is still open and K_j the price of the provider then. e_j is the
//! probability that a price increase has just ended the product, and K'_1 … K'_n are the prices in the n
//! months of loss until closure (`outlook`; for a range of gross margins, `table`). A buyer pays those
//! losses and subtracts them from the price. A product with an expected loss is closed, and so, with the
//! probability 1 − u, is one that chance would push into a loss: the standard deviation of its subscribers is
//! about their square root.

use super::Subscription;
use super::outlook::{Forecast, Outlook};
use super::provider::Provider;
use super::table::OutlookTable;
use crate::asset::buyer::{self, N_NODES, Node};
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Coefficient, Cx, Row};

/// Yearly return that a buyer of products asks for. It follows from the class's price multiple of 3.4, its
/// arrivals, churn and their cost.
const RETURN: f64 = 0.1518;

/// Expected income of an open product, in standard deviations caused by the number of subscribers, from which chance does
/// not close it. With fewer, a dwindling product would sell for more than holding it brings. The price is at most 1 %
/// above the mean of simulated products, and up to 40 % below with 20 subscribers.
const SAFE: f64 = 2.0;

/// State of a subscription product in one month.
#[derive(Clone, Copy)]
pub(super) struct Now {
    /// Subscribers relative to those on day one.
    pub part: f64,
    /// One subscriber relative to the number on day one.
    pub one: f64,
    /// New subscribers of the month relative to the subscribers on day one.
    pub coming: f64,
    /// Acquisition cost of these new subscribers, in units of the first month's income.
    pub cost: f64,
    /// Price of the product's provider relative to day one.
    pub price: f64,
    /// Margin of all initial subscribers before acquisition costs, in units of the first month's income.
    pub margin: f64,
}

/// Returns three factors after `month` months at the monthly factors `stay` on subscribers and `fade` on
/// arrivals: remaining fraction of today's subscribers, subscribers from later arrivals per monthly arrival
/// of today, and arrivals relative to today.
#[inline(always)]
fn later(stay: f64, fade: f64, month: f64) -> [f64; 3] {
    let (stayed, comes) = (buyer::power(stay, month), buyer::power(fade, month));
    let apart = stay - fade;
    let came =
        if apart.abs() > 1e-6 { (stayed - comes) / apart } else { month * buyer::power(stay, month - 1.0) };
    [stayed, came, comes]
}

/// A future month, with a buyer's expectation about the price of the product's provider then.
#[derive(Clone, Copy)]
struct FutureMonth {
    node: Node,
    view: Forecast,
    gross_margin: f64,
    /// Months of loss after which a product is closed.
    patience: f64,
    /// Largest sum of the provider's prices paid in the months of loss until closure, relative to the initial price.
    dearest: f64,
}

impl FutureMonth {
    /// Copy of this future month with another gross margin and the expectation `view` that belongs to it.
    #[inline(always)]
    fn of_margin(self, view: Forecast, gross_margin: f64) -> Self {
        let dearer = (1.0 - self.gross_margin) / (1.0 - gross_margin);
        Self { view, gross_margin, dearest: self.dearest * dearer, ..self }
    }

    /// Margin summed over `months`, relative to the initial monthly margin; the provider's prices in these
    /// months sum to `prices`.
    #[inline(always)]
    fn margin(&self, months: f64, prices: f64) -> f64 {
        (months - (1.0 - self.gross_margin) * prices) / self.gross_margin
    }

    /// Expected income of a product in state `now` at this future month. The factors are those of [`later`].
    #[inline(always)]
    fn income(&self, now: Now, [stayed, came, comes]: [f64; 3]) -> Income {
        let part = now.part.mul_add(stayed, now.coming * came);
        let (paid, cost) = (now.margin * part, now.cost * comes);
        let of = |[of, and]: [f64; 2]| of.mul_add(now.price, and);
        let open = paid * self.margin(1.0, of(self.view.price)) - cost;
        let prices = lesser(of(self.view.last), self.dearest);
        let last = paid * self.margin(self.patience, prices) - self.patience * cost;
        let doubt = if cost > 0.0 { SAFE * now.margin * (part * now.one).sqrt() } else { 0.0 };
        let stays = greater(lesser(open / greater(doubt, f64::MIN_POSITIVE), 1.0), 0.0);
        Income { open, last: lesser(last, 0.0), stays }
    }
}

/// Expected income at a future month, in units of the first month's income.
#[derive(Clone, Copy)]
struct Income {
    /// Income of a month in which the product is open.
    open: f64,
    /// Income of the months until closure, if a price increase has just ended the product; 0 or less.
    last: f64,
    /// Probability that chance has not closed a product with this expected income: its part of [`SAFE`] standard
    /// deviations, at most 1.
    stays: f64,
}

/// Sum of discounted income over future months, added in the order of time.
#[derive(Clone, Copy)]
struct Sum {
    ahead: f64,
    /// Probability that chance has not closed the product so far.
    open: f64,
}

impl Sum {
    const START: Self = Self { ahead: 0.0, open: 1.0 };

    #[inline(always)]
    fn add(&mut self, point: &FutureMonth, income: Income) {
        self.open = lesser(self.open, income.stays);
        let last = point.view.ends * income.last;
        let mean = point.view.open.mul_add(income.open, last);
        self.ahead += self.open * (point.node.weight * mean);
    }
}

/// Coefficients and result row for the present value of future income on each path.
#[derive(Clone)]
pub(super) struct ProductValue {
    points: [FutureRows; N_NODES],
    /// Gross margin of each path; `None` if it is the same or does not matter.
    gross_margin: Option<Row>,
    pub row: Row,
}

/// A future month with its coefficients on all paths.
#[derive(Clone)]
struct FutureRows {
    point: FutureMonth,
    /// The three factors of [`later`].
    later: [Coefficient; 3],
    /// Numbers of the buyer's expectation on each path; `None` if gross margins do not differ.
    view: Option<[Coefficient; Forecast::PARTS]>,
}

impl ProductValue {
    /// Adds the coefficients of all future months. `churn` is the monthly churn probability, `fade` the
    /// monthly factor on the arrivals, `gross_margin` a fraction of revenue.
    pub fn build(
        product: &Subscription,
        churn: Coefficient,
        fade: Coefficient,
        gross_margin: Coefficient,
        build: &mut Build,
    ) -> Self {
        let stay = Coefficient::from([churn], build, |[churn]| 1.0 - churn);
        let provider = Provider {
            gross_margin: gross_margin.same().unwrap_or_else(|| product.gross_margin.get()),
            ..product.provider()
        };
        // If the price never changes, the margin stays that of the start, whatever it is.
        let row = match gross_margin {
            Coefficient::PerPath(row) if provider.chance() > 0.0 => Some(row),
            _ => None,
        };
        let views = product.gross_margin.law().zip(row).map(|(law, _)| {
            let table = OutlookTable::new(law, |gross_margin| product.views(gross_margin));
            let place = table.place(gross_margin, build);
            (table, place)
        });
        let points = product.points(&provider);
        let points = std::array::from_fn(|at| FutureRows {
            point: points[at],
            later: [0, 1, 2].map(|part| {
                let of = move |[stay, fade]: [f64; 2]| later(stay, fade, points[at].node.month)[part];
                Coefficient::from([stay, fade], build, of)
            }),
            view: views.as_ref().map(|(table, place)| table.view(at, *place, build)),
        });
        Self { points, gross_margin: row, row: build.row() }
    }

    /// Sets the present value of future income, in years of the first month's income, for the current state
    /// `now` of each path.
    #[inline(always)]
    pub fn follow(&self, now: impl Fn(usize) -> Now, cx: &mut Cx<'_>) {
        let mut sums = [Sum::START; LANES];
        for at in &self.points {
            let [stayed, came, comes] = at.later.map(|of| of.of_paths(cx.rows));
            let later = |lane: usize| [stayed[lane], came[lane], comes[lane]];
            let Some((view, row)) = at.view.zip(self.gross_margin) else {
                for (lane, sum) in sums.iter_mut().enumerate() {
                    sum.add(&at.point, at.point.income(now(lane), later(lane)));
                }
                continue;
            };
            let view = view.map(|of| of.of_paths(cx.rows));
            let gross_margin = cx.rows.get(row);
            for (lane, sum) in sums.iter_mut().enumerate() {
                let point = at.point.of_margin(
                    Forecast::of_parts(view.each_ref().map(|part| part[lane])),
                    gross_margin[lane],
                );
                sum.add(&point, point.income(now(lane), later(lane)));
            }
        }
        *cx.rows.get_mut(self.row) = Lanes::of(|lane| greater(sums[lane].ahead, 0.0));
    }
}

impl Subscription {
    /// A buyer's expectations about the provider in all future months considered, at this gross margin.
    pub(super) fn views(&self, gross_margin: f64) -> [Forecast; N_NODES] {
        let provider = Provider { gross_margin, ..self.provider() };
        self.points(&provider).map(|point| point.view)
    }

    /// Returns the present value of future income as a function of the number of subscribers and the month, in
    /// years of the first month's income, with every range at its median.
    pub(super) fn ahead_at_medians(&self) -> impl Fn(f64, u32) -> f64 {
        let (arrivals, points) = (self.arrivals(), self.points(&self.provider()));
        let (stay, monthly_fade) = (1.0 - self.churn.get(), arrivals.fade(2));
        move |subscribers, month| {
            let fade = arrivals.fade(month);
            let now = Now {
                part: subscribers / arrivals.opening,
                one: 1.0 / arrivals.opening,
                coming: arrivals.first * fade / arrivals.opening,
                cost: arrivals.cost * fade * arrivals.margin(),
                price: 1.0,
                margin: arrivals.margin(),
            };
            ahead(&points, now, [stay, monthly_fade])
        }
    }

    fn points(&self, provider: &Provider) -> [FutureMonth; N_NODES] {
        let patience = self.closes_after.months();
        points(provider, self.arrivals().cost, patience, RETURN)
    }
}

/// Present value of future income in state `now`, in years of the first month's income, at the monthly factors `stay` on
/// subscribers and `fade` on arrivals.
fn ahead(points: &[FutureMonth], now: Now, [stay, fade]: [f64; 2]) -> f64 {
    let mut sum = Sum::START;
    for point in points {
        sum.add(point, point.income(now, later(stay, fade, point.node.month)));
    }
    greater(sum.ahead, 0.0)
}

/// Future months in the order of time, with a buyer's expectations; `taken` and `patience` as in
/// [`Outlook::new`].
fn points(provider: &Provider, taken: f64, patience: u32, per_year: f64) -> [FutureMonth; N_NODES] {
    let outlook = Outlook::new(provider, taken, patience);
    let mut nodes = buyer::nodes(per_year);
    nodes.sort_by(|one, other| one.month.total_cmp(&other.month));
    nodes.map(|node| FutureMonth {
        node,
        view: outlook.at(node.month),
        gross_margin: provider.gross_margin,
        patience: f64::from(patience),
        dearest: f64::from(patience) * provider.dearest(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::elementary::exp;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;
    use rand_distr::{Binomial, Distribution, Poisson};

    /// Checks that a product of the class `micro-saas-fleet`, with the catalog's terms, sells at its price multiple.
    #[test]
    fn the_return_is_that_of_the_class() {
        let now =
            Now { part: 1.0, one: 1.0 / 400.0, coming: 0.05, cost: 0.3 / 0.7, price: 1.0, margin: 1.0 / 0.7 };
        let provider = Provider::usual(0.52);
        let fade = exp(-std::f64::consts::LN_2 / 36.0);
        let at = |per_year: f64| ahead(&points(&provider, 0.3, 1, per_year), now, [0.95, fade]);
        let [above, below] = [RETURN - 1e-4, RETURN + 1e-4].map(at);
        assert!(above > 3.4 && below < 3.4, "{above} {below}");
    }

    #[test]
    fn a_price_is_at_most_what_simulated_products_bring_and_falls_off_no_cliff() {
        let still = Provider { per_year: vec![[0.0, 1.0]], ..Provider::usual(0.52) };
        for [come, cost] in [[0.05, 0.3], [0.03, 0.3], [0.05, 0.6]] {
            let margin = 1.0 / (1.0 - cost);
            let fade = exp(-std::f64::consts::LN_2 / 36.0);
            let price = |n: f64| {
                let now =
                    Now { part: 1.0, one: 1.0 / n, coming: come, cost: cost * margin, price: 1.0, margin };
                ahead(&points(&still, cost, 1, RETURN), now, [0.95, fade])
            };
            for (n, least) in [(3.0, 0.36), (5.0, 0.45), (20.0, 0.8), (120.0, 0.97)] {
                let part = price(n) / simulated([come, fade, cost], n);
                assert!((least..1.03).contains(&part), "{n} {come} {cost}: {part}");
            }
            let steps = (2..40).map(|n| price(f64::from(n + 1)) / price(f64::from(n)));
            assert!(steps.max_by(f64::total_cmp).is_some_and(|most| most < 1.25));
        }
    }

    /// Mean discounted income of 1,000 products with `n` subscribers, closed after a month with an expected loss.
    fn simulated([come, fade, cost]: [f64; 3], n: f64) -> f64 {
        let (mut random, margin) = (ChaCha8Rng::seed_from_u64(1), 1.0 / (1.0 - cost));
        let mut all = 0.0;
        for _ in 0..1_000 {
            let (mut subscribers, mut arrivals) = (n as u64, come * n);
            for month in 0..360 {
                let came = Poisson::new(arrivals).expect("positive").sample(&mut random);
                let each = cost * margin / (come * n);
                all += (margin * subscribers as f64 / n - each * came)
                    * buyer::power(buyer::discount(RETURN), f64::from(month + 1));
                subscribers -= Binomial::new(subscribers, 0.05).expect("a share").sample(&mut random);
                subscribers += came as u64;
                arrivals *= fade;
                if margin * subscribers as f64 / n < each * arrivals {
                    break;
                }
            }
        }
        all / 12.0 / 1_000.0
    }

    #[test]
    fn later_months_follow_the_recursion() {
        for (stay, fade) in [(0.95, 0.98), (0.95, 1.0), (0.97, 0.97), (0.0, 0.5)] {
            let (mut part, mut coming) = (1.0, 0.05);
            for month in 1..40 {
                part = stay * part + coming;
                coming *= fade;
                let [stayed, came, comes] = later(stay, fade, f64::from(month));
                assert!((stayed + 0.05 * came - part).abs() < 1e-6 * part, "{stay} {fade} {month}");
                assert!((0.05 * comes - coming).abs() < 1e-9);
            }
        }
    }
}

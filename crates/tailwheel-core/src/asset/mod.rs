//! The asset kinds: how a holding earns and is valued. Each kind has its own file or folder.
//!
//! In: the keys of an `[[asset]]`, read through `form::Reader`, and what the plan provides ([`Slot`]). Out:
//! [`Asset`], which adds the kind's stages to the plan and returns its monthly growth and income as an
//! [`Earning`]. Only the plan posts these, through [`revalue()`] and [`pay()`]. Not here: keys common to all
//! assets (`scenario`), market shocks (`market`), the use of the proceeds (`policy`).

mod audience;
mod brand;
mod business;
mod buyer;
mod claim;
mod claimed;
mod content;
mod counted;
mod defi;
mod doubt;
mod earning;
mod facts;
mod first_income;
mod fleet;
mod flywheel;
mod idle;
mod launch;
mod launch_savings;
mod lever;
mod liquidity;
mod managed;
mod names;
mod noise;
mod pay;
mod revalue;
mod roi;
pub mod royalties;
mod spread;
mod subscription;
mod supervision;
mod tokenized;
mod unit;
mod wear;

pub use crate::stage::Coefficient;
pub use audience::{Site, attract};
pub use brand::Deals;
pub use business::Business;
pub use claim::Claim;
pub use claimed::{Claimed, RoiLaw};
pub use counted::{Counted, Factor, Number, VisitsOf};
pub use defi::LEVERED;
pub use doubt::Doubt;
pub use earning::{Earning, Expected, Income, Tended, UnitRows, Year};
pub use facts::{Facts, LAUNCHED, MOST_STATES, State, VISITS, Whole};
pub use first_income::FirstIncome;
pub use fleet::Fleet;
pub use launch::Launching;
pub use launch_savings::{Pot, put_aside};
pub use lever::Lever;
pub use liquidity::provide;
pub use names::AssetNames;
pub use pay::{Burden, IncomeCut, Owed, Proceeds, pay};
pub use revalue::{exchange, revalue};
pub use supervision::{Audits, Care};
pub use unit::PerUnit;

use crate::book::Account;
use crate::form::{Group, Keys, Kind, Table};
use crate::market::{ExchangeRows, MovingRows, RateRows};
use crate::stage::{Build, Draw, Row};
use std::fmt;
use std::sync::Arc;

/// Kind id, claimed return and kind-specific keys of an asset.
pub struct Description<'a> {
    /// Id of the kind, as written in `model`.
    pub kind: &'static str,
    /// The claimed return: `roi` and how to read it.
    pub claimed: &'a Claimed,
    pub keys: &'a dyn Keys,
}

/// A mechanism that can be taken out of an asset, to see its effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removable {
    /// Steady loss of value of an asset whose claimed return is taken as given.
    Decay,
    /// Borrowed money.
    Debt,
    /// The second coin of a liquidity pool.
    SecondCoin,
}

/// An `[[asset]]` of a scenario: a kind with its parameters, valid by construction.
pub trait Asset: fmt::Debug + Send + Sync {
    /// Returns the kind's id, the claimed return, and the kind's own keys.
    fn description(&self) -> Description<'_>;

    /// Properties of the asset that other modules need.
    fn facts(&self) -> Facts;

    /// Keys of the asset that its canonical form leaves out, because other keys replace them.
    fn replaced(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// A copy of this asset without `part`; `None` if it has no such part.
    fn without(&self, _part: Removable) -> Option<Arc<dyn Asset>> {
        None
    }

    /// Warnings about values that are valid but probably not intended.
    fn doubts(&self) -> Vec<Doubt> {
        Vec::new()
    }

    /// Adds the kind's own stages to the plan and returns its monthly growth and income. The plan posts
    /// growth and income, so that no kind can omit the market, forced sales or the use of the income.
    fn build(&self, slot: &Slot, build: &mut Build) -> Earning;

    /// Growth and income of months 1 … `n_months` per unit of value, without randomness and loss events.
    /// Tests compare the stages with this forecast.
    fn expected(&self, n_months: u32) -> Vec<Expected>;

    /// Id of the kind, as written in `model`.
    fn kind(&self) -> &'static str {
        self.description().kind
    }

    /// Claimed yearly return before any deduction, as a fraction; the median if a range is claimed.
    fn claimed(&self) -> f64 {
        self.description().claimed.law().median()
    }

    /// All keys of this asset, the claimed return first, in canonical form.
    fn written(&self) -> Table {
        let Description { claimed, keys, .. } = self.description();
        let mut table = claimed.written();
        table.entries.extend(keys.keys().entries);
        for key in self.replaced() {
            table.remove(key);
        }
        table
    }

    /// Copy of this asset that pays its claimed return in full and never decays; `None` if the kind is `claim`.
    fn at_its_word(&self) -> Option<Arc<dyn Asset>> {
        let claimed = self.description().claimed;
        (!self.facts().is_claim).then(|| Arc::new(Claim::at_its_word(claimed.clone())) as Arc<dyn Asset>)
    }

    /// Value of a holding worth 1 at the start after `n_months`, without randomness and with all income kept.
    /// Income of a business is kept in cash without interest; other income is reinvested.
    fn noiseless(&self, n_months: u32) -> f64 {
        let is_business = self.facts().is_business;
        let (mut value, mut cash) = (1.0, 0.0);
        for month in self.expected(n_months) {
            let income = value * month.income;
            value *= month.growth;
            if is_business { cash += income } else { value += income }
        }
        value + cash
    }
}

/// All kinds of asset that the key `model` may name; the first one is the default.
pub const KINDS: &[Kind<dyn Asset>] = &[
    claim::KIND,
    content::KIND,
    defi::KIND,
    fleet::KIND,
    flywheel::KIND,
    managed::KIND,
    royalties::KIND,
    subscription::KIND,
    tokenized::KIND,
];

/// Returns the kind of asset with this `id`; `None` if there is none.
pub fn kind_of(id: &str) -> Option<&'static Kind<dyn Asset>> {
    KINDS.iter().find(|kind| kind.id == id)
}

/// True if `id` is the default kind, which an asset without a `model` has.
pub fn is_default(id: &str) -> bool {
    id == KINDS[0].id
}

/// Kinds whose income of the first month can be derived from counts instead of stating `income`, in the order in which
/// their keys are read.
pub const COUNTED: &[Counted] = &[content::COUNTED, flywheel::COUNTED, royalties::COUNTED];

/// Returns how the kind with this `id` derives its income from counts; `None` if it does not.
pub fn counted(id: &str) -> Option<&'static Counted> {
    COUNTED.iter().find(|counted| counted.kind == id)
}

/// Accounts, rows and settings that the plan prepares for a holding before its kind is built.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// Account with the current value.
    pub value: Account,
    /// Value of the holding on day one.
    pub opening: f64,
    /// Value at the start of the month, available from `Phase::Low` on.
    pub start: Row,
    /// Rows of the reported states. From `Phase::Operate` on they hold the start of the next month.
    pub states: [Row; MOST_STATES],
    /// Visits of the audience relative to its first month; `None` if the asset names no audience. The
    /// kind's own stages in `Phase::Operate` and later phases read the value of the next month.
    pub audience: Option<Row>,
    /// Part of the month's income that loss events leave, from `Phase::Operate` on; `None` if they leave all of it or
    /// the asset puts nothing aside.
    pub kept: Option<Row>,
    /// Rows of the first month's net income on each path; `None` if no part of that income is a range.
    pub stated: Option<FirstIncome>,
    /// True if the asset is a business that is built during the run, not bought.
    pub is_built: bool,
    /// Month at whose end the asset is launched, per path, if its start depends on available money. The
    /// asset's own months count from there.
    pub since: Option<Row>,
    /// True if other assets depend on its visitors.
    pub has_buyers: bool,
    /// Number of simulated months.
    pub n_months: u32,
    /// Volatility of the asset's price: yearly standard deviation of its log-return.
    pub volatility: f64,
    /// Yearly return on cash; the long-run value if the rate varies.
    pub cash_rate: f64,
    /// 1 on paths where the owner is ruined and nothing is left to earn; `None` if ruin is impossible.
    pub ruined: Option<Row>,
    /// Standard normal per path, common to the claimed returns of all assets: the common hype factor.
    pub common: Draw,
    /// Correlation of two assets' claimed returns, caused by the common factor.
    pub claim_correlation: f64,
    /// Rows of the short rate; `None` if the rate is constant.
    pub rate: Option<RateRows>,
    /// Rows of the inflation rate; `None` if it is fixed.
    pub inflation: Option<MovingRows>,
    /// Exchange rate of the income's currency; `None` if that is the owner's currency.
    pub exchange: Option<ExchangeRows>,
}

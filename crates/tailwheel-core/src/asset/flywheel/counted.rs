//! Income of the first month of products from the visits of the sites that show them.
//!
//! In: keys of an `[[asset]]`. Out: [`COUNTED`]. Not here: the products of later months (`wheel`).
//!
//! ```text
//! income = products·visits of the audience·conversion·price·(1 − platform_fee)
//! ```

use super::KIND;
use crate::asset::AssetNames;
use crate::asset::counted::{Counted, Number, Term, VisitsOf};
use crate::form::{Drawn, Preset};
use crate::parameters;
use crate::units::{Count, Fraction, Money};

parameters! {
    /// Income keys of products.
    pub struct ProductIncome {
        /// Sites whose visitors see the products (`model = "flywheel"`). The income of the products moves
        /// with the visits of these sites, in proportion to `visits`. A loss event of a site cuts its own
        /// income and not its visitors.
        audience: Option<AssetNames> = Preset::Absent => "[\"blog-a\", \"blog-b\"]",
        /// Share of the audience's visits in which one product is bought, times `products` at most 1.
        /// Without `income` and `value`, the income of the products follows from it, the price and the fee.
        conversion: Option<Drawn<Fraction>> = Preset::Absent => "\"1 %\"",
        /// Price of one product.
        price: Option<Drawn<Money>> = Preset::Absent => "29",
        /// Share of the price that the selling platform keeps. For a site it is the share of its patrons'
        /// payments and needs `patrons`. List prices are near 13 % with card fees.
        platform_fee: Option<Drawn<Fraction>> = Preset::Absent => "\"13 %\"",
    }
}

pub const COUNTED: Counted = Counted {
    has_other_use: true,
    visits: Some(VisitsOf::Audience),
    terms: &[Term::of(&[
        Number { is_of_kind: true, ..Number::of::<Count>("products") },
        Number::of::<Fraction>("conversion"),
        Number::of::<Money>("price"),
        Number::AFTER_FEE,
    ])],
    ..Counted::of::<ProductIncome>(KIND.id, "Visits", &["audience"])
};

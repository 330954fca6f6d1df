//! Tax by brackets: typed ones, and those of a place.

use super::support::{Text, read_back, refused, valid, with_asset};
use crate::form::Parameter;

fn with_owner(keys: &str) -> String {
    with_asset(&format!("[owner]\n{keys}\n"))
}

#[test]
fn a_schedule_is_filled_in_where_it_is_asked_for_or_nothing_is_claimed() {
    let of = |keys: &str, currency: &str| {
        let scenario = valid(&with_owner(&format!("{keys}\ncompliance_cost = 0")).replace("USD", currency));
        let rate = scenario.owner.as_ref().expect("an owner").residence[0].tax_rate.write().expect("a rate");
        let filled_in = scenario.filled_in.iter().map(|filled| filled.path.clone());
        let of_tax = |path: &String| path.ends_with("tax_rate");
        (crate::form::written(&rate), filled_in.filter(of_tax).collect::<Vec<_>>())
    };
    let filled = ["owner.gains_tax_rate", "owner.tax_rate"].map(str::to_owned);
    let (estonia, paths) = of("residence = \"estonia\"\ntax_rate = \"schedule\"", "USD");
    assert_eq!((estonia.as_str(), paths.as_slice()), ("[{ above = 9660.0, rate = 0.22 }]", &filled[..]));
    let (in_euros, _) = of("residence = \"estonia\"\ntax_rate = \"schedule\"", "EUR");
    assert_eq!(in_euros, "[{ above = 8400.0, rate = 0.22 }]");
    let (portugal, paths) = of("residence = \"portugal\"", "USD");
    assert!(portugal.starts_with("[{ above = 0.0, rate = 0.125 }, { above = 9268.0,"), "{portugal}");
    assert_eq!(paths, filled);
    let (_, paths) = of("residence = \"portugal\"\ngains_tax_rate = 0", "USD");
    assert_eq!(paths, filled[1..]);
    let (typed, paths) = of("residence = \"portugal\"\ntax_rate = \"28 %\"", "USD");
    assert_eq!((typed.as_str(), paths.len()), ("[\"28 %\", \"28 %\"]", 0));
    let pounds = with_owner("residence = \"portugal\"\ncompliance_cost = 0").replace("USD", "GBP");
    refused(&pounds).has("amounts in EUR and USD only");
    read_back(&with_owner("residence = \"portugal\"\nspending = \"9/month\""));
}

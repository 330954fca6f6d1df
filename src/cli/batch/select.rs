//! Which scenarios of a batch are meant: by filter, and by shard.
//!
//! In: ids. Out: those that are meant, in their order. Not here: where the ids come from.

/// One of several parts of a batch, run on machines of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    /// From 1.
    pub number: u32,
    pub of: u32,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rule = || "write I/N with 1 <= I <= N <= 1000, as in 2/3".to_owned();
        let (number, of) = text.split_once('/').ok_or_else(rule)?;
        let number: u32 = number.trim().parse().map_err(|_| rule())?;
        let of: u32 = of.trim().parse().map_err(|_| rule())?;
        match (1..=of).contains(&number) && of <= 1000 {
            true => Ok(Self { number, of }),
            false => Err(rule()),
        }
    }
}

impl Shard {
    /// Whether the scenario `id` is its: by the hash of the id, so that no scenario moves to another
    /// machine, and away from what is kept there, when others come and go.
    pub fn holds(self, id: &str) -> bool {
        let digest = blake3::hash(id.as_bytes());
        let (first, _) = digest.as_bytes().split_at(8);
        let hash = first
            .iter()
            .fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
        hash % u64::from(self.of) == u64::from(self.number - 1)
    }
}

/// Whether `id` is what `filter` asks for: a part of it, or all of it where the filter has a `*`,
/// which stands for any text.
pub(super) fn matches(filter: &str, id: &str) -> bool {
    if !filter.contains('*') {
        return id.contains(filter);
    }
    let pieces: Vec<&str> = filter.split('*').collect();
    let (first, last) = (pieces[0], pieces[pieces.len() - 1]);
    let Some(rest) = id.strip_prefix(first) else {
        return false;
    };
    let Some(mut rest) = rest.strip_suffix(last) else {
        return false;
    };
    for piece in &pieces[1..pieces.len() - 1] {
        // the leftmost place leaves the most room for those that follow
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_in_exactly_one_shard_and_no_shard_has_most() {
        let ids: Vec<String> = (0..1000).map(|n| format!("matrix/spend={n}")).collect();
        for of in 1..=7 {
            let mut n_held = vec![0; of as usize];
            for id in &ids {
                let holding = (1..=of).filter(|&number| Shard { number, of }.holds(id));
                let holding: Vec<u32> = holding.collect();
                assert_eq!(holding.len(), 1);
                n_held[holding[0] as usize - 1] += 1;
            }
            // binomial: five standard errors
            let mean = 1000.0 / f64::from(of);
            let most = mean + 5.0 * (mean * (1.0 - 1.0 / f64::from(of))).sqrt();
            assert!(n_held.iter().all(|n| f64::from(*n) <= most), "{n_held:?}");
        }
    }

    #[test]
    fn a_shard_is_one_of_how_many() {
        assert_eq!("2/3".parse(), Ok(Shard { number: 2, of: 3 }));
        for text in [
            "0/3", "4/3", "2", "a/3", "1/0", "-1/3", "1/1001", "1/3/5", "",
        ] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_filter_is_a_part_of_the_id_or_a_pattern() {
        let id = "matrix/residence=germany,spend=1000";
        for filter in [
            "matrix",
            "spend=1000",
            "matrix/*",
            "*spend=1000",
            "matrix/*germany*1000",
            "*",
            "",
            "m*x/*,*",
        ] {
            assert!(matches(filter, id), "{filter}");
        }
        for filter in [
            "Matrix",
            "*germany",
            "matrix*germany",
            "spend=100,",
            "a*",
            "**b",
        ] {
            assert!(!matches(filter, id), "{filter}");
        }
        // what is before the star and what is behind it may not overlap
        assert!(!matches("aba*ba", "aba"));
        assert!(matches("ab*ba", "abba"));
    }
}

//! Which rungs of a case are held against each other, beside each against naive.

use protocol::Description;

/// Index of the last of our rungs: "optimized", or where there is none the last that is not the peer.
pub fn optimized(description: &Description) -> usize {
    let last = description.rungs.len().saturating_sub(1);
    let ours = last.saturating_sub(usize::from(peer(description) == Some(last)));
    index(description, "optimized").unwrap_or(ours)
}

/// Index of the crate that a professional would pick.
pub fn peer(description: &Description) -> Option<usize> {
    index(description, "peer")
}

/// The rung that one improves on: the nearest of ours before it that can run here. `None` where
/// that is naive, and for the peer, which improves on nothing of ours.
pub fn previous(description: &Description, rung: usize) -> Option<usize> {
    let peer = peer(description);
    let runs = |at: &usize| description.rungs[*at].unavailable.is_none() && Some(*at) != peer;
    if Some(rung) == peer { None } else { (1..rung).rev().find(runs) }
}

/// All pairs, the base first: each rung and the one before it, the peer and our best, and what
/// claims name.
pub fn wanted(description: &Description) -> Vec<(usize, usize)> {
    let rungs = 0..description.rungs.len();
    let mut pairs: Vec<(usize, usize)> =
        rungs.filter_map(|rung| Some((previous(description, rung)?, rung))).collect();
    pairs.extend(peer(description).map(|peer| (peer, optimized(description))));
    let claimed = description.claims.iter().filter_map(|claim| {
        Some((index(description, claim.over.as_deref()?)?, index(description, &claim.rung)?))
    });
    pairs.extend(claimed.filter(|(base, _)| *base > 0));
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Where a rung stands in the table.
pub fn index(description: &Description, rung: &str) -> Option<usize> {
    description.rungs.iter().position(|known| known.name == rung)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Claim, Expect, RungInfo};

    fn description() -> Description {
        let rungs = ["naive", "wide", "portable", "optimized", "peer", "wider"];
        let mut description = record::fixture::record().cases["words"].description.clone().unwrap();
        let info = |name: &str| RungInfo {
            name: name.into(),
            unavailable: (name == "portable").then(|| "nightly".into()),
        };
        description.rungs = rungs.map(info).to_vec();
        let claim = |over: Option<&str>| Claim {
            rung: "wider".into(),
            input: "words".into(),
            n: 10,
            expect: Expect::DoesNotPay,
            over: over.map(str::to_owned),
        };
        description.claims = vec![claim(None), claim(Some("wide"))];
        description
    }

    #[test]
    fn a_rung_is_held_against_the_one_before_it_that_runs() {
        let description = description();
        let previous: Vec<_> = (0..6).map(|rung| previous(&description, rung)).collect();
        assert_eq!(previous, [None, None, Some(1), Some(1), None, Some(3)]);
    }

    #[test]
    fn claims_and_the_peer_ask_for_pairs_of_their_own() {
        assert_eq!(wanted(&description()), [(1, 2), (1, 3), (1, 5), (3, 5), (4, 3)]);
    }
}

//! What a claim says, in words.

use protocol::{Claim, Expect};

use super::format;

/// "is faster than naive", what stands behind a rung's name.
pub fn says(claim: &Claim) -> String {
    let base = claim.base();
    match claim.expect {
        Expect::Faster => format!("is faster than {base}"),
        Expect::DoesNotPay => match &claim.over {
            None => "does not pay".to_owned(),
            Some(over) => format!("does not pay over {over}"),
        },
        Expect::MemoryAtMost(share) => {
            let bytes = format!("{base}'s bytes");
            format!("works on at most {}", format::part(share, &bytes))
        }
    }
}

/// What became of a claim that was judged and did not hold.
pub fn broken(claim: &Claim) -> &'static str {
    match claim.expect {
        Expect::Faster => "slower than claimed",
        Expect::DoesNotPay => "better than claimed",
        Expect::MemoryAtMost(_) => "more than claimed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_names_what_it_is_held_against() {
        let claim = |expect, over: Option<&str>| Claim {
            rung: "wider".into(),
            input: "words".into(),
            n: 10,
            expect,
            over: over.map(str::to_owned),
        };
        let says = |expect, over| says(&claim(expect, over));
        assert_eq!(says(Expect::Faster, Some("wide")), "is faster than wide");
        assert_eq!(says(Expect::DoesNotPay, None), "does not pay");
        assert_eq!(says(Expect::DoesNotPay, Some("wide")), "does not pay over wide");
        let memory = says(Expect::MemoryAtMost(0.125), Some("wide"));
        assert_eq!(memory, "works on at most 1/8 of wide's bytes");
    }
}

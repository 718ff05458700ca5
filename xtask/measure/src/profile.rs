//! Profiles of one rung, or of a reader's program: where time goes, and what is kept alive. Nothing
//! here goes into a record: samples show where to look, not how fast something is.

pub mod calls;
pub mod perf;
pub mod program;

use anyhow::{Result, bail};
use protocol::{Description, Effort, Expect, Scenario};

use cases::names::known;

/// What is to be profiled, as the command names it.
pub struct Wanted<'a> {
    /// The rung.
    pub rung: &'a str,
    /// Name of a distribution; without one, the headline's.
    pub input: Option<&'a str>,
    /// A size; without one, the headline's, or the largest that is not too slow.
    pub n: Option<usize>,
}

impl Wanted<'_> {
    /// The scenario that is meant. `headline` is what stands for the case in a record.
    ///
    /// # Errors
    /// For a rung or an input that the case does not have, with the nearest one that it has.
    pub fn scenario(
        &self,
        description: &Description,
        headline: Option<&Scenario>,
    ) -> Result<Scenario> {
        let rungs = description.rungs.iter().map(|rung| rung.name.as_str());
        known("rung", self.rung, rungs)?;
        let rung = description.rungs.iter().find(|rung| rung.name == self.rung);
        if let Some(why) = rung.and_then(|rung| rung.unavailable.as_ref()) {
            bail!("`{}` cannot run on this machine: {why}", self.rung);
        }
        let scenarios = &description.scenarios;
        let here = |wanted: &&Scenario| scenarios.iter().any(|known| known.same_place(wanted));
        let headline = headline.filter(here).cloned().or_else(|| claimed(description));
        let first = || scenarios.first().map_or("", |scenario| &scenario.input);
        let input =
            self.input.unwrap_or_else(|| headline.as_ref().map_or_else(first, |s| &s.input));
        known("input", input, scenarios.iter().map(|scenario| scenario.input.as_str()))?;
        let of_headline = headline.as_ref().filter(|headline| headline.input == input);
        let moderate = |s: &&Scenario| s.input == input && s.effort <= Effort::Standard;
        let largest = scenarios.iter().filter(moderate).map(|scenario| scenario.n).max();
        let n = self.n.or(of_headline.map(|headline| headline.n)).or(largest);
        let Some(n) = n else { bail!("which size? `--n N` says it") };
        Ok(Scenario { input: input.to_owned(), n, effort: Effort::Standard })
    }
}

/// Where a case first claims a gain for its best rung: its headline while there is no record.
fn claimed(description: &Description) -> Option<Scenario> {
    let gain = |claim: &&protocol::Claim| claim.over.is_none() && claim.expect == Expect::Faster;
    let claims = || description.claims.iter().filter(gain);
    let claim = claims().find(|claim| claim.rung == "optimized").or_else(|| claims().next())?;
    Some(Scenario { input: claim.input.clone(), n: claim.n, effort: Effort::Standard })
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Claim, RungInfo};

    fn description() -> Description {
        let scenario = |input: &str, n, effort| Scenario { input: input.into(), n, effort };
        let rung = |name: &str| RungInfo { name: name.into(), unavailable: None };
        let claim = |rung: &str, n, expect| Claim {
            rung: rung.into(),
            input: "prose".into(),
            n,
            expect,
            over: None,
        };
        Description {
            item: "word".into(),
            rungs: vec![rung("naive"), rung("optimized")],
            scenarios: vec![
                scenario("prose", 10, Effort::Quick),
                scenario("prose", 1000, Effort::Standard),
                scenario("prose", 9999, Effort::Full),
                scenario("all new", 50, Effort::Quick),
            ],
            claims: vec![
                claim("optimized", 10, Expect::DoesNotPay),
                claim("optimized", 1000, Expect::Faster),
            ],
            ..Description::default()
        }
    }

    fn choose(rung: &str, input: Option<&str>, n: Option<usize>) -> Result<(String, usize)> {
        let headline = Scenario { input: "prose".into(), n: 10, effort: Effort::Quick };
        let scenario = Wanted { rung, input, n }.scenario(&description(), Some(&headline))?;
        Ok((scenario.input, scenario.n))
    }

    #[test]
    fn the_headline_is_meant_unless_something_is_named() {
        assert_eq!(choose("naive", None, None).unwrap(), ("prose".into(), 10));
        assert_eq!(choose("naive", None, Some(7)).unwrap(), ("prose".into(), 7));
        assert_eq!(choose("naive", Some("all new"), None).unwrap(), ("all new".into(), 50));
        let without = Wanted { rung: "naive", input: None, n: None };
        assert_eq!(without.scenario(&description(), None).unwrap().n, 1000);
    }

    #[test]
    fn a_headline_that_is_gone_gives_way_to_the_claim() {
        let gone = Scenario { input: "poems".into(), n: 3, effort: Effort::Quick };
        let wanted = Wanted { rung: "naive", input: None, n: None };
        assert_eq!(wanted.scenario(&description(), Some(&gone)).unwrap().n, 1000);
    }

    #[test]
    fn unknown_names_get_the_nearest() {
        let error = choose("optimised", None, None).unwrap_err().to_string();
        assert_eq!(error, "there is no rung `optimised`; did you mean `optimized`?");
        let error = choose("naive", Some("allnew"), None).unwrap_err().to_string();
        assert!(error.ends_with("did you mean `all new`?"), "{error}");
    }
}

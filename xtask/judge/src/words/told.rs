//! How small a difference a run can tell, in words.

use super::format;
use crate::stats::NEIGHBOUR;
use crate::told::Told;

/// A sentence; where neighbours were too busy, it says so.
pub fn sentence(Told { half, most }: Told) -> String {
    let from = |share: f64| format!("from {} on", format::share(share));
    if !half.is_finite() {
        return "Neighbours were too busy for this run to tell much.".to_owned();
    }
    let most = match most.is_finite() {
        true => format!("{} in nine of ten", from(most)),
        false => format!(
            "and none below a factor of {} where neighbours were busy",
            format::plain(NEIGHBOUR)
        ),
    };
    format!("This run tells a difference {} in half of its comparisons, {most}.", from(half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_run_tells_is_a_sentence() {
        let says = |half, most| sentence(Told { half, most });
        let told = "This run tells a difference from 1.2 % on in half of its comparisons, from 14 % \
                    on in nine of ten.";
        assert_eq!(says(0.012, 0.14), told);
        assert!(
            says(0.012, f64::INFINITY)
                .contains(", and none below a factor of 2 where neighbours were")
        );
        assert!(says(f64::INFINITY, f64::INFINITY).contains("too busy"));
    }
}

//! From which size on it pays, in words.

use super::format;
use crate::ahead::Ahead;
use crate::summary::CaseSummary;

/// "breaks even near 5 rows and columns", for a sentence; `None` where no size varies.
pub fn long(case: &CaseSummary) -> Option<String> {
    let unit = unit(case);
    let exact = |n: usize| size(case, n);
    Some(match case.ahead()? {
        Ahead::Always { from } => format!("ahead from the smallest size on, {}", exact(from)),
        Ahead::From { near } => format!("breaks even near {} {unit}", format::about(near)),
        Ahead::Between { behind: Some(behind), ahead } => {
            format!("breaks even between {} and {}", format::count(behind), exact(ahead))
        }
        Ahead::Between { behind: None, ahead } => {
            format!("ahead from {} on; below, undecided", exact(ahead))
        }
        Ahead::UpTo { last, behind: true } => {
            format!("ahead up to {}, and behind at the largest size", exact(last))
        }
        Ahead::UpTo { last, behind: false } => {
            format!("ahead up to {}; at the largest size, undecided", exact(last))
        }
        Ahead::Never => "behind at every size".to_owned(),
        Ahead::CannotTell => "certainly ahead at no size".to_owned(),
    })
}

/// The same for a table whose column says "ahead from": "near 210 rows", "never".
pub fn short(case: &CaseSummary) -> Option<String> {
    let unit = unit(case);
    let count = |n: usize| format::count(n);
    Some(match case.ahead()? {
        Ahead::Always { .. } => "the smallest size".to_owned(),
        Ahead::From { near } => format!("near {} {unit}", format::about(near)),
        Ahead::Between { behind: Some(behind), ahead } => {
            format!("between {} and {} {unit}", count(behind), count(ahead))
        }
        Ahead::Between { behind: None, ahead } => format!("{} {unit}, or below", count(ahead)),
        Ahead::UpTo { last, .. } => format!("only up to {} {unit}", count(last)),
        Ahead::Never => "never".to_owned(),
        Ahead::CannotTell => "undecided".to_owned(),
    })
}

/// "1 row", "64 rows and columns".
fn size(case: &CaseSummary, n: usize) -> String {
    let axis = case.sizes().and_then(|(input, _)| case.axis(input));
    let unit = axis.map_or_else(|| format::plural(case.item(), n), |_| unit(case));
    format!("{} {unit}", format::count(n))
}

/// What the sizes count, as the axis has it: "rows and columns" of a matrix, else "rows".
pub fn unit(case: &CaseSummary) -> String {
    let axis = case.sizes().and_then(|(input, _)| case.axis(input));
    match axis {
        Some(axis) => format!("{} {}", axis.unit.trim(), axis.quantity).trim().to_owned(),
        None => format::plural(case.item(), 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Axis, Items, Machine};
    use record::CaseRecord;
    use record::fixture::record;

    /// The shared record's case at sizes of these ratios to naive, in hundredths; or at which
    /// nobody can tell.
    fn case(ratios: &[Option<i32>], axis: Option<Items>) -> CaseRecord {
        let mut case = record().cases.remove("words").unwrap();
        let scenario = case.scenarios.pop().unwrap();
        for (at, ratio) in ratios.iter().enumerate() {
            let mut scenario = scenario.clone();
            scenario.scenario.n = 10_usize.pow(at as u32 + 1);
            let log = ratio.map_or(0.0, |ratio| f64::from(ratio).ln() - 100_f64.ln());
            scenario.pairs[1].logs.iter_mut().flatten().for_each(|it| *it = (log * 1e4) as i32);
            record::fixture::set_times(&mut scenario);
            case.scenarios.push(scenario);
        }
        let description = case.description.as_mut().unwrap();
        let input = scenario.scenario.input;
        description.axes = axis
            .map(|items| Axis {
                input,
                quantity: "rows and columns".into(),
                unit: "".into(),
                items,
            })
            .into_iter()
            .collect();
        case
    }

    fn said(ratios: &[Option<i32>]) -> [String; 2] {
        let case = case(ratios, None);
        let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
        [long(&summary).unwrap(), short(&summary).unwrap()]
    }

    #[test]
    fn every_answer_has_words_of_its_own() {
        let (ahead, behind, open) = (Some(200), Some(50), None);
        for (ratios, words) in [
            (
                &[ahead, ahead][..],
                ["ahead from the smallest size on, 10 words", "the smallest size"],
            ),
            (&[behind, ahead], ["breaks even near 32 words", "near 32 words"]),
            (
                &[behind, open, open, ahead],
                ["breaks even between 10 and 10,000 words", "between 10 and 10,000 words"],
            ),
            (&[open, ahead], ["ahead from 100 words on; below, undecided", "100 words, or below"]),
            (
                &[ahead, behind],
                ["ahead up to 10 words, and behind at the largest size", "only up to 10 words"],
            ),
            (
                &[ahead, open],
                ["ahead up to 10 words; at the largest size, undecided", "only up to 10 words"],
            ),
            (&[behind, behind], ["behind at every size", "never"]),
            (&[open, behind], ["certainly ahead at no size", "undecided"]),
        ] {
            assert_eq!(said(ratios), words, "{ratios:?}");
        }
    }

    #[test]
    fn a_matrix_breaks_even_in_rows_and_columns() {
        let case = case(&[Some(50), Some(200)], Some(Items::Power(3)));
        let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
        assert_eq!(long(&summary).unwrap(), "breaks even near 32 rows and columns");
        assert_eq!(short(&summary).unwrap(), "near 32 rows and columns");
    }

    #[test]
    fn without_a_size_that_varies_there_is_nothing_to_say() {
        let case = case(&[Some(50), Some(200)], Some(Items::Always(100)));
        let summary = CaseSummary::new(&case, &Machine::default()).unwrap();
        assert_eq!((long(&summary), short(&summary)), (None, None));
    }
}

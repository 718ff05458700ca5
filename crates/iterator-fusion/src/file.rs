//! A user's file: temperatures, as if the probe had measured them.

use harness::{BadLine, FromFile};

use crate::recording::{Block, PLAUSIBLE, PROBE, Readings, Recording};

/// Readings that the store keeps together.
const BLOCK: usize = 600;
/// Rows in an hour, where no column says which hour it is.
const HOUR: usize = 3_600;

/// Reads degrees, one a line; or degrees and status, 0 for a good reading; or hour, degrees and
/// status. What can be no weather counts as a spike on the line.
///
/// # Errors
/// See [`harness::rows`]; or if a line has more columns, an hour or status is no whole number of 32
/// or 8 bits, or the hours descend.
pub fn from_file(text: &[u8]) -> Result<FromFile<Recording>, BadLine> {
    let raw = raw_values();
    let (mut blocks, mut rows): (Vec<Block>, usize) = (Vec::new(), 0);
    let file = harness::rows(text, |line, row| {
        let whole = |number: f64, most: u32, what: &str| {
            let fits = number.fract() == 0.0 && (0.0..=f64::from(most)).contains(&number);
            let no = || BadLine::new(line, format!("{number} is no {what} from 0 to {most}"));
            fits.then_some(number as u32).ok_or_else(no)
        };
        let status = |number| whole(number, 255, "status");
        let (hour, degrees, status) = match *row {
            [degrees] => ((rows / HOUR) as u32, degrees, 0),
            [degrees, fault] => ((rows / HOUR) as u32, degrees, status(fault)?),
            [hour, degrees, fault] => (whole(hour, u32::MAX, "hour")?, degrees, status(fault)?),
            _ => {
                let expected = "expected degrees, or degrees and status, or an hour before both";
                return Err(BadLine::new(line, format!("{} columns; {expected}", row.len())));
            }
        };
        if blocks.last().is_some_and(|last| last.hour > hour) {
            return Err(BadLine::new(line, "the hours descend"));
        }
        let same = |last: &Block| last.hour == hour && last.readings.raw.len() < BLOCK;
        if !blocks.last().is_some_and(same) {
            let none = Readings::default;
            blocks.push(Block { hour, readings: none(), late: none() });
        }
        let at = raw.partition_point(|(value, _)| f64::from(*value) < degrees * 100.0);
        let readings = &mut blocks.last_mut().expect("just pushed").readings;
        readings.raw.push(raw[at.min(raw.len() - 1)].1);
        readings.status.push(status as u8);
        rows += 1;
        Ok(())
    })?;
    if blocks.iter().all(|block| block.rows().all(|(raw, status)| status != 0 || !is_weather(raw)))
    {
        let message = "no reading has a status of 0 and can be weather, so no hour has a mean";
        return Err(BadLine::new(0, message));
    }
    let file = file.for_job("degrees, a status behind them and an hour before them if there");
    file.and_then(|()| Ok(Recording { probe: PROBE, blocks }))
}

fn is_weather(raw: i16) -> bool {
    PLAUSIBLE.contains(&PROBE.centidegrees(raw))
}

/// What the probe would have said: hundredths of a degree with their raw value, ascending.
fn raw_values() -> Vec<(i16, i16)> {
    let mut values: Vec<(i16, i16)> =
        (i16::MIN..=i16::MAX).map(|raw| (PROBE.centidegrees(raw), raw)).collect();
    values.sort_unstable();
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Mean, RUNGS, naive};
    use proptest::prelude::*;

    #[test]
    fn degrees_come_back() {
        for (text, hour) in [
            ("20\n-5\n1e9\n-99\n61", 0),
            ("degrees,status\r\n20,0\r\n18,3\r\n-5,0\r\n61,0\r\n", 0),
            ("7 20 0\n7 -5 0 # late\n", 7),
        ] {
            let recording = from_file(text.as_bytes()).unwrap().input;
            let means = naive::means(&recording);
            let [Mean { hour: found, count: 2, sum }] = means[..] else { panic!("{means:?}") };
            assert!(found == hour && (1_496..=1_508).contains(&sum), "{text:?}: {means:?}");
            harness::agree_on(RUNGS, recording);
        }
    }

    #[test]
    fn rows_fill_blocks_and_hours() {
        let recording = from_file("12.5\n".repeat(3_700).as_bytes()).unwrap().input;
        let blocks: Vec<_> =
            recording.blocks.iter().map(|b| (b.hour, b.readings.raw.len())).collect();
        assert_eq!(blocks, [(0, 600), (0, 600), (0, 600), (0, 600), (0, 600), (0, 600), (1, 100)]);
        harness::agree_on(RUNGS, recording);
    }

    #[test]
    fn a_bad_file_says_where() {
        for (text, line, what) in [
            ("1\nx\n", 2, "`x` is no number"),
            ("1 0\n1 256\n", 2, "256 is no status from 0 to 255"),
            ("0 1 0\n0.5 1 0\n", 2, "0.5 is no hour"),
            ("3 1 0\n\n2 1 0", 3, "descend"),
            ("1 2 3 4", 1, "4 columns"),
            ("", 0, "no number"),
        ] {
            let wrong = from_file(text.as_bytes()).unwrap_err();
            assert!(wrong.line == line && wrong.message.contains(what), "{wrong:?}");
        }
    }

    #[test]
    fn hostile_files_are_understood_or_refused() {
        harness::hold_reader(RUNGS, from_file);
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_rows(
            rows in proptest::collection::vec((0_u32..3, -60.0..90.0, 0_u8..3), 1..100),
        ) {
            let mut hour = 0;
            let line = |(more, degrees, status)| {
                hour += more;
                format!("{hour},{degrees},{status}\n")
            };
            let text: String = rows.into_iter().map(line).collect();
            if let Ok(file) = from_file(text.as_bytes()) {
                harness::agree_on(RUNGS, file.input);
            }
        }
    }
}

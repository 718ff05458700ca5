//! A user's file: each column of numbers is a track.

use harness::{BadLine, FromFile};

use crate::session::{Session, Track};

/// Columns beyond which nobody has a mixing desk.
const MOST: usize = 64;

/// Reads tracks, one a column, and mixes them in equal parts. A single column is mixed with its
/// echo: the same samples, half the file later, and from the beginning again where they end.
///
/// # Errors
/// See [`harness::columns`]; or if there are more columns than a mixing desk has.
pub fn from_file(text: &[u8]) -> Result<FromFile<Session>, BadLine> {
    let file = harness::columns(text, MOST + 1)?;
    let what = if file.input.len() == 1 { "a track, mixed with its echo" } else { "each a track" };
    file.for_job(what).and_then(session)
}

fn session(mut columns: Vec<Vec<f64>>) -> Result<Session, BadLine> {
    if columns.len() > MOST {
        return Err(BadLine::new(0, format!("too many columns; at most {MOST} tracks are mixed")));
    }
    if columns.iter().flatten().all(|number| *number == 0.0) {
        return Err(BadLine::new(0, "nothing but zeros, so there is nothing to hear in the mix"));
    }
    if let [voice] = &columns[..] {
        let mut echo = voice.clone();
        echo.rotate_left(voice.len() / 2);
        columns.push(echo);
    }
    let gain = 1.0 / columns.len() as f32;
    let track = |column: Vec<f64>| Track {
        gain,
        samples: column.into_iter().map(|number| number as f32).collect(),
    };
    Ok(Session::new(columns.into_iter().map(track).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RUNGS;
    use proptest::prelude::*;

    #[test]
    fn columns_are_tracks() {
        let session = from_file(b"left;right\r\n0.5;-1\r\n0.25;1e300").unwrap().input;
        let track = |samples: [f32; 2]| Track { gain: 0.5, samples: samples.to_vec() };
        assert_eq!(session.tracks, [track([0.5, 0.25]), track([-1.0, f32::INFINITY])]);
        harness::agree_on(RUNGS, session);
    }

    #[test]
    fn one_column_is_mixed_with_its_echo() {
        let session = from_file(b"1\n2\n3\n").unwrap().input;
        assert_eq!(session.tracks[1], Track { gain: 0.5, samples: vec![2.0, 3.0, 1.0] });
        harness::agree_on(RUNGS, session);
    }

    #[test]
    fn a_bad_file_says_where() {
        let wide = "1 ".repeat(65);
        for (text, line) in [("1,2\n3\n", 2), ("1\nx", 2), ("", 0), (wide.as_str(), 0)] {
            assert_eq!(from_file(text.as_bytes()).unwrap_err().line, line, "{text:?}");
        }
    }

    #[test]
    fn hostile_files_are_understood_or_refused() {
        harness::hold_reader(RUNGS, from_file);
    }

    proptest! {
        #[test]
        fn rungs_agree_on_any_columns(
            rows in proptest::collection::vec(any::<[i32; 3]>(), 1..100),
        ) {
            let text: String = rows.iter().map(|[a, b, c]| format!("{a},{b}e-3,{c}e9\n")).collect();
            harness::agree_on(RUNGS, from_file(text.as_bytes()).unwrap().input);
        }
    }
}

//! A user's file: each column of numbers is a track.

use harness::BadLine;

use crate::session::{Session, Track};

/// Columns beyond which nobody has a mixing desk.
const MOST: usize = 64;

/// Reads tracks, one a column, and mixes them in equal parts. A single column is mixed with its
/// echo: the same samples, half the file later, and from the beginning again where they end.
///
/// # Errors
/// See [`harness::columns`]; or if there are more columns than a mixing desk has.
pub fn from_file(text: &[u8]) -> Result<Session, BadLine> {
    let mut columns = harness::columns(text)?;
    if columns.len() > MOST {
        let message = format!("{} columns; at most {MOST} tracks are mixed", columns.len());
        return Err(BadLine::new(0, message));
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
        let session = from_file(b"left;right\r\n0.5;-1\r\n0.25;1e300").unwrap();
        let track = |samples: [f32; 2]| Track { gain: 0.5, samples: samples.to_vec() };
        assert_eq!(session.tracks, [track([0.5, 0.25]), track([-1.0, f32::INFINITY])]);
        harness::agree_on(RUNGS, session);
    }

    #[test]
    fn one_column_is_mixed_with_its_echo() {
        let session = from_file(b"1\n2\n3\n").unwrap();
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

    proptest! {
        #[test]
        fn rungs_agree_on_any_columns(
            rows in proptest::collection::vec(any::<[i32; 3]>(), 1..100),
        ) {
            let text: String = rows.iter().map(|[a, b, c]| format!("{a},{b}e-3,{c}e9\n")).collect();
            harness::agree_on(RUNGS, from_file(text.as_bytes()).unwrap());
        }
    }
}

//! Cache sizes as a program meets them: found where latency rises. In a virtual machine they differ
//! from what the processor says of itself, because neighbours use the same cache.

/// A level ends where latency first exceeds its plateau by this factor.
const RISE: f64 = 1.5;
/// A new plateau begins where the next point is higher by less than this factor.
const FLAT: f64 = 1.2;

/// The largest size of each level, from a curve of latency by bytes touched, small to large. Main
/// memory is no level, but noise and the search for addresses make its latency rise too; hence no
/// more than `levels`.
#[must_use]
pub fn cache_ends(latency: &[(f64, f64)], levels: usize) -> Vec<f64> {
    let mut ends = Vec::new();
    let mut at = 0;
    while at < latency.len() && ends.len() < levels {
        let mut plateau = latency[at].1;
        let rise = latency[at..].windows(2).position(|pair| {
            plateau = plateau.min(pair[0].1);
            pair[1].1 > RISE * plateau
        });
        let Some(rise) = rise else { break };
        ends.push(latency[at + rise].0);
        // Between two levels some accesses hit and some miss: that slope is no level.
        at += rise + 1;
        while at + 1 < latency.len() && latency[at + 1].1 > FLAT * latency[at].1 {
            at += 1;
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(latencies: &[f64]) -> Vec<(f64, f64)> {
        latencies.iter().enumerate().map(|(at, ns)| (f64::from(1 << at), *ns)).collect()
    }

    #[test]
    fn levels_end_where_latency_rises() {
        let curve = curve(&[1.0, 1.0, 1.1, 4.0, 4.1, 4.2, 12.0, 13.0, 40.0, 90.0, 100.0, 101.0]);
        assert_eq!(cache_ends(&curve, 3), [4.0, 32.0, 128.0]);
    }

    #[test]
    fn the_rise_of_main_memory_is_no_level() {
        let curve = curve(&[1.0, 4.0, 4.0, 90.0, 100.0, 101.0, 180.0, 190.0]);
        assert_eq!(cache_ends(&curve, 2), [1.0, 4.0]);
    }

    #[test]
    fn a_slope_between_two_levels_is_none() {
        assert_eq!(cache_ends(&curve(&[1.0, 1.0, 3.0, 6.0, 12.0, 24.0, 25.0]), 3), [2.0]);
    }

    #[test]
    fn a_flat_or_empty_curve_has_no_end() {
        assert!(cache_ends(&[], 3).is_empty());
        assert!(cache_ends(&curve(&[5.0, 5.1, 4.9, 5.2]), 3).is_empty());
        // Slow growth is not a level either: addresses far apart take longer to look up.
        assert!(cache_ends(&curve(&[100.0, 115.0, 130.0, 145.0]), 3).is_empty());
    }
}

//! What is expensive: the quickest way through a road network, by Dijkstra's algorithm ("A note on
//! two problems in connexion with graphs", 1959). All rungs search with this code; they differ in
//! what they remember of it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Where no road leads.
pub const UNREACHABLE: u32 = u32::MAX;

/// Towns, numbered from 0, and the roads that leave each of them.
#[derive(Debug)]
pub struct Roads {
    /// Where each town's roads begin in `roads`, and where the last one's end.
    first: Vec<u32>,
    /// Destination and driving time in minutes.
    roads: Vec<(u16, u16)>,
}

impl Roads {
    /// A network from roads `(from, to, minutes)`. One that names a town beyond the last is left
    /// out.
    pub fn new(towns: u16, roads: &[(u16, u16, u16)]) -> Self {
        let mut roads: Vec<_> =
            roads.iter().filter(|(from, to, _)| (*from).max(*to) < towns).copied().collect();
        roads.sort_unstable();
        let first = |town| roads.partition_point(|(from, ..)| *from < town) as u32;
        Self {
            first: (0..=towns).map(first).collect(),
            roads: roads.iter().map(|&(_, to, minutes)| (to, minutes)).collect(),
        }
    }

    /// How many towns there are.
    pub fn towns(&self) -> usize {
        self.first.len() - 1
    }

    /// Roads that leave `town`: destination and minutes.
    pub fn leaving(&self, town: u16) -> &[(u16, u16)] {
        let at = usize::from(town);
        &self.roads[self.first[at] as usize..self.first[at + 1] as usize]
    }
}

/// A search that starts in one town and spreads outwards, as far as it has been asked to.
#[derive(Debug, Clone)]
pub struct Search {
    /// The quickest way to each town that is known so far.
    minutes: Vec<u32>,
    /// Towns that were seen and not yet left, nearest first.
    open: BinaryHeap<Reverse<(u32, u16)>>,
    /// No open town lies nearer than this: what is known up to here is final.
    horizon: u32,
}

impl Search {
    /// A search that has not left `town`.
    pub fn new(roads: &Roads, town: u16) -> Self {
        let mut minutes = vec![UNREACHABLE; roads.towns()];
        minutes[usize::from(town)] = 0;
        Self { minutes, open: BinaryHeap::from([Reverse((0, town))]), horizon: 0 }
    }

    /// The quickest way to `town`; the search goes on until that is final.
    #[inline]
    pub fn minutes_to(&mut self, roads: &Roads, town: u16) -> u32 {
        while self.minutes[usize::from(town)] > self.horizon {
            self.advance(roads);
        }
        self.minutes[usize::from(town)]
    }

    /// Follows every road that leaves the nearest open town.
    #[inline(never)] // rare once much is known; then the caller's loop stays small
    fn advance(&mut self, roads: &Roads) {
        if let Some(Reverse((so_far, town))) = self.open.pop()
            && so_far == self.minutes[usize::from(town)]
        {
            for &(to, minutes) in roads.leaving(town) {
                let arrival = so_far + u32::from(minutes);
                let known = &mut self.minutes[usize::from(to)];
                if arrival < *known {
                    *known = arrival;
                    self.open.push(Reverse((arrival, to)));
                }
            }
        }
        self.horizon = self.open.peek().map_or(UNREACHABLE, |Reverse((nearest, _))| *nearest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::network;

    /// Bellman and Ford's method: follow every road until no way gets any quicker.
    fn relaxed(roads: &Roads, from: u16) -> Vec<u32> {
        let mut minutes = vec![UNREACHABLE; roads.towns()];
        minutes[usize::from(from)] = 0;
        for _ in 0..roads.towns() {
            for town in 0..roads.towns() {
                for &(to, road) in roads.leaving(town as u16) {
                    let arrival = minutes[town].saturating_add(u32::from(road));
                    minutes[usize::from(to)] = minutes[usize::from(to)].min(arrival);
                }
            }
        }
        minutes
    }

    #[test]
    fn a_search_finds_the_quickest_way_whatever_was_asked_before() {
        let cut_off = Roads::new(4, &[(0, 1, 0), (1, 2, u16::MAX), (2, 0, 3), (2, 9, 1)]);
        for roads in [network(1), network(40), network(90), cut_off] {
            for from in 0..roads.towns() as u16 {
                let (expected, mut kept) = (relaxed(&roads, from), Search::new(&roads, from));
                for to in (0..roads.towns() as u16).rev() {
                    let minutes = expected[usize::from(to)];
                    assert_eq!(Search::new(&roads, from).minutes_to(&roads, to), minutes);
                    assert_eq!(kept.minutes_to(&roads, to), minutes);
                }
            }
        }
    }
}

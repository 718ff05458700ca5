//! A map of a cave from echoes: rows of figures are laid on their side so that each direction can
//! be looked at. Prints the widest direction.

use truth::Random;

struct Echoes {
    wide: usize,
    figures: Vec<u16>,
}

impl Echoes {
    /// The same, with each row as a column.
    fn laid(&self) -> Echoes {
        let high = self.figures.len() / self.wide;
        let mut figures = Vec::with_capacity(self.figures.len());
        for column in 0..self.wide {
            for row in 0..high {
                figures.push(self.figures[row * self.wide + column]);
            }
        }
        Echoes { wide: high, figures }
    }
}

/// How rough a row is.
fn rough(row: &[u16]) -> u32 {
    row.windows(2).map(|two| u32::from(two[0].abs_diff(two[1]))).sum()
}

fn main() {
    let wide = 1_024 * std::env::args().count();
    let mut random = Random::new(1_938);
    let mut figures = vec![0_u16; wide * 1_500];
    let (mut widest, mut sum) = (0, 0_u64);
    for _ in 0..250 {
        for figure in figures.chunks_mut(4) {
            let bits = random.number();
            for (at, figure) in figure.iter_mut().enumerate() {
                *figure = (bits >> (at * 16)) as u16;
            }
        }
        let echoes = Echoes { wide, figures };
        let laid = echoes.laid();
        widest ^= laid.figures.chunks(laid.wide).map(rough).max().unwrap_or(0);
        sum += echoes.figures.iter().map(|figure| u64::from(*figure)).sum::<u64>();
        figures = echoes.figures;
    }
    println!("{widest} {sum}");
}

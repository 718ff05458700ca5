//! Turns the pages of a plotter, which draws by columns, and thins out what it draws.

use truth::Random;

struct Page {
    width: usize,
    height: usize,
    dots: Vec<u16>,
}

impl Page {
    /// The page as the plotter takes it.
    fn for_plotter(&self) -> Page {
        let mut dots = Vec::with_capacity(self.dots.len());
        for x in 0..self.width {
            for y in 0..self.height {
                dots.push(self.dots[y * self.width + x]);
            }
        }
        Page { width: self.height, height: self.width, dots }
    }

    /// Dots that differ from the one before.
    fn strokes(&self) -> usize {
        self.dots.windows(2).filter(|two| two[0] != two[1]).count()
    }
}

fn main() {
    let mut random = Random::new(606);
    let width = 2_048 + random.below(1);
    let dots = (0..width * 1_536).map(|_| (random.number() % 3) as u16).collect();
    let mut page = Page { width, height: 1_536, dots };
    let mut strokes = 0;
    for ink in 0..90 {
        for dot in page.dots.iter_mut().step_by(97) {
            *dot = ink;
        }
        strokes += page.for_plotter().strokes() + page.strokes();
    }
    println!("{strokes}");
}

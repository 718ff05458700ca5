//! A glacier as a sheet of ice on its bed: the thicker and steeper the ice, the faster it flows.
//! Calculates some thousand years and says how far it reaches.

use truth::Random;

const WIDTH: usize = 320;
const HEIGHT: usize = 240;
/// Years for a step.
const STEP: f32 = 0.05;

struct Field(Vec<f32>);

impl Field {
    fn new() -> Field {
        Field(vec![0.0; WIDTH * HEIGHT])
    }

    fn row(&self, y: usize) -> &[f32; WIDTH] {
        self.0.as_chunks().0.get(y).expect("a row of the field")
    }

    fn row_mut(&mut self, y: usize) -> &mut [f32; WIDTH] {
        self.0.as_chunks_mut().0.get_mut(y).expect("a row of the field")
    }
}

fn bed() -> Field {
    let mut random = Random::new(1850);
    let bumps: Vec<[f32; 4]> = (0..60)
        .map(|_| {
            let [x, y] = [WIDTH, HEIGHT].map(|side| random.unit() as f32 * side as f32);
            [x, y, 4.0 + 20.0 * random.unit() as f32, 160.0 * random.unit() as f32]
        })
        .collect();
    let mut bed = Field::new();
    for y in 0..HEIGHT {
        for (x, height) in bed.row_mut(y).iter_mut().enumerate() {
            let valley = (y as f32 - HEIGHT as f32 / 2.0).abs() * 6.0;
            *height = 3200.0 - x as f32 * 7.0 + valley;
            for [bx, by, size, tall] in &bumps {
                let distance = (x as f32 - bx).powi(2) + (y as f32 - by).powi(2);
                *height += tall / (1.0 + distance / (size * size));
            }
        }
    }
    bed
}

/// How easily ice flows between two rows of places, from thickness and slope.
fn mobility(thick: [&[f32; WIDTH]; 2], surface: [&[f32; WIDTH]; 2], out: &mut [f32; WIDTH]) {
    for x in 0..WIDTH {
        let mean = (thick[0][x] + thick[1][x]) * 0.01;
        let slope = (surface[0][x] - surface[1][x]) * 0.01;
        let cube = mean * mean * mean;
        out[x] = f32::min(cube * slope * slope * 0.02 + mean * 0.05, 2.4);
    }
}

struct Glacier {
    bed: Field,
    thick: Field,
    surface: Field,
    next: Field,
}

impl Glacier {
    fn measure_surface(&mut self) {
        for ((surface, bed), thick) in self.surface.0.iter_mut().zip(&self.bed.0).zip(&self.thick.0)
        {
            *surface = bed + thick;
        }
    }

    /// What flows down the rows and along them, then snow and melting.
    fn step(&mut self, line: f32) {
        self.measure_surface();
        let (mut above, mut below) = ([0.0; WIDTH], [0.0; WIDTH]);
        for y in 1..HEIGHT - 1 {
            let [up, here, down] = [y - 1, y, y + 1].map(|y| self.surface.row(y));
            let [thick_here, thick_down] = [y, y + 1].map(|y| self.thick.row(y));
            mobility([thick_here, thick_down], [here, down], &mut below);
            let mut along = [0.0; WIDTH];
            for x in 0..WIDTH - 1 {
                let mean = (thick_here[x] + thick_here[x + 1]) * 0.01;
                let fall = here[x] - here[x + 1];
                let mobility = mean * mean * mean * fall * fall * 0.000_002 + mean * 0.05;
                along[x] = mobility.min(2.4) * fall;
            }
            let next = self.next.row_mut(y);
            for x in 1..WIDTH - 1 {
                let flow = above[x] * (up[x] - here[x]) + below[x] * (down[x] - here[x]);
                let flow = flow + along[x - 1] - along[x];
                let balance = f32::clamp((here[x] - line) * 0.006, -8.0, 1.5);
                next[x] = f32::max(thick_here[x] + (flow + balance) * STEP, 0.0);
            }
            std::mem::swap(&mut above, &mut below);
        }
        std::mem::swap(&mut self.thick, &mut self.next);
    }

    /// The farthest column with ice in it, and all of the ice in thousands of cubic metres.
    fn extent(&self) -> (usize, f64) {
        let mut farthest = 0;
        for row in self.thick.0.as_chunks::<WIDTH>().0 {
            farthest = farthest.max(row.iter().rposition(|&thick| thick > 1.0).unwrap_or(0));
        }
        (farthest, self.thick.0.iter().map(|&thick| f64::from(thick)).sum())
    }
}

fn main() {
    let mut glacier =
        Glacier { bed: bed(), thick: Field::new(), surface: Field::new(), next: Field::new() };
    let mut line = 2900.0;
    for step in 0..24_000 {
        line += if step < 12_000 { -0.03 } else { 0.03 };
        glacier.step(line);
        if step % 4000 == 3999 {
            let (farthest, ice) = glacier.extent();
            println!("after {:.0} years: to column {farthest}, {ice:.0}", step as f32 * STEP);
        }
    }
}

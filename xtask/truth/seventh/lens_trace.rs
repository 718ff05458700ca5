//! Traces rays through a camera lens: glass after glass, each with its curve, its thickness and how
//! it bends light. Eight rays go side by side. Prints how sharp the image is, by where the film
//! lies.

use truth::Random;

const RAYS: usize = 8;
const BUNDLES: usize = 6_000_000;

type Lanes = [f32; RAYS];

/// A surface between two glasses.
struct Surface {
    /// One over its radius.
    curve: f32,
    /// How far it is to the next.
    ahead: f32,
    /// How much slower light is behind it than before it.
    ratio: f32,
}

/// Rays in the plane of the axis: how high, and at which angle.
#[derive(Clone, Copy)]
struct Bundle {
    height: Lanes,
    /// Sine and cosine of the angle.
    sine: Lanes,
    cosine: Lanes,
}

impl Surface {
    /// Bends all rays of a bundle, and lets them go on to the next surface.
    fn pass(&self, bundle: &mut Bundle) {
        let Bundle { height, sine, cosine } = bundle;
        for at in 0..RAYS {
            // The surface's own slope where the ray meets it.
            let lean = height[at] * self.curve;
            let upright = (1.0 - lean * lean).max(0.01).sqrt();
            // Into and out of the frame of the surface, and bent in between.
            let into = sine[at] * upright + cosine[at] * lean;
            let bent = (into * self.ratio).clamp(-0.99, 0.99);
            let straight = (1.0 - bent * bent).sqrt();
            sine[at] = bent * upright - straight * lean;
            cosine[at] = straight * upright + bent * lean;
            let sag = 0.5 * lean * height[at];
            height[at] += (self.ahead - sag) * sine[at] / cosine[at];
        }
    }
}

/// Where rays meet the film, put together for several places of it.
#[derive(Default, Clone, Copy)]
struct Spot {
    sum: [f64; RAYS],
    squares: [f64; RAYS],
}

impl Spot {
    fn add(&mut self, bundle: &Bundle, behind: f32) {
        for at in 0..RAYS {
            let place = bundle.height[at] + behind * bundle.sine[at] / bundle.cosine[at];
            self.sum[at] += f64::from(place);
            self.squares[at] += f64::from(place * place);
        }
    }

    fn spread(&self, rays: f64) -> f64 {
        let (sum, squares) = (self.sum.iter().sum::<f64>(), self.squares.iter().sum::<f64>());
        (squares / rays - (sum / rays).powi(2)).max(0.0).sqrt()
    }
}

fn main() {
    let mut random = Random::new(1_840);
    let lens: Vec<Surface> = [
        (0.031, 4.0, 0.62),
        (-0.004, 1.2, 1.6),
        (0.045, 3.1, 0.63),
        (0.018, 5.5, 1.58),
        (-0.038, 1.0, 0.6),
        (0.022, 3.6, 1.1),
        (-0.024, 9.0, 1.5),
    ]
    .map(|(curve, ahead, ratio)| Surface { curve, ahead, ratio })
    .into();
    let films: [f32; 4] = [18.0, 22.0, 26.0, 30.0];
    let mut spots = [Spot::default(); 4];
    for _ in 0..BUNDLES {
        let bits = random.number();
        let mut bundle = Bundle { height: [0.0; RAYS], sine: [0.0; RAYS], cosine: [1.0; RAYS] };
        for (at, height) in bundle.height.iter_mut().enumerate() {
            *height = ((bits >> (at * 8)) & 0xff) as f32 / 32.0 - 4.0;
        }
        for surface in &lens {
            surface.pass(&mut bundle);
        }
        for (spot, &film) in spots.iter_mut().zip(&films) {
            spot.add(&bundle, film);
        }
    }
    for (spot, film) in spots.iter().zip(films) {
        println!("film at {film} mm: spot of {:.4} mm", spot.spread((BUNDLES * RAYS) as f64));
    }
}

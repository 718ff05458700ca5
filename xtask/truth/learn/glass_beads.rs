//! Light that falls through beads of glass: rays are followed until they are lost. Nothing is wrong
//! with it. Prints how bright the floor is.

use truth::Random;

#[derive(Clone, Copy)]
struct Bead {
    place: [f32; 3],
    size: f32,
}

fn along(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// How far it is to the bead, if the ray meets it.
fn meets(bead: &Bead, from: [f32; 3], to: [f32; 3]) -> Option<f32> {
    let between = [0, 1, 2].map(|at| bead.place[at] - from[at]);
    let near = along(between, to);
    let beside = along(between, between) - near * near;
    let inside = bead.size * bead.size - beside;
    (near > 0.01 && inside > 0.0).then(|| near - inside.sqrt())
}

fn follow(beads: &[Bead], mut from: [f32; 3], mut to: [f32; 3]) -> f32 {
    let mut light = 1.0;
    for _ in 0..6 {
        let met = beads
            .iter()
            .filter_map(|bead| Some((meets(bead, from, to)?, bead)))
            .min_by(|a, b| a.0.total_cmp(&b.0));
        let Some((far, bead)) = met else { break };
        from = [0, 1, 2].map(|at| from[at] + to[at] * far);
        let out = [0, 1, 2].map(|at| (from[at] - bead.place[at]) / bead.size);
        let back = 2.0 * along(to, out);
        to = [0, 1, 2].map(|at| to[at] - back * out[at]);
        light *= 0.8;
    }
    light * (1.0 - to[1])
}

fn main() {
    let mut random = Random::new(1_291);
    let beads: Vec<Bead> = (0..60)
        .map(|_| Bead { place: [0; 3].map(|_| random.unit() as f32 * 8.0), size: 0.5 })
        .collect();
    let mut floor = 0.0;
    for _ in 0..2_000_000 {
        let side = [0; 3].map(|_| random.unit() as f32 - 0.5);
        let length = along(side, side).sqrt();
        floor += follow(&beads, [4.0, 9.0, 4.0], side.map(|of| of / length));
    }
    println!("{floor:.1}");
}

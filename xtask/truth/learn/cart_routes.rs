//! Routes of carts through villages: two crossing ways are uncrossed until none is left. Nothing is
//! wrong with it. Prints how long the route is.

use truth::Random;

const VILLAGES: usize = 900;

fn main() {
    let mut random = Random::new(1_930);
    let mut places = vec![(0_i32, 0_i32); VILLAGES];
    let mut all = 0.0;
    for _ in 0..120 {
        for place in &mut places {
            *place = (random.below(10_000) as i32, random.below(10_000) as i32);
        }
        let far = |a: usize, b: usize| {
            let (x, y) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
            f64::from(x * x + y * y).sqrt()
        };
        let table: Vec<f32> =
            (0..VILLAGES * VILLAGES).map(|at| far(at / VILLAGES, at % VILLAGES) as f32).collect();
        let far = |a: u16, b: u16| table[usize::from(a) * VILLAGES + usize::from(b)];
        let mut route: Vec<u16> = (0..VILLAGES as u16).collect();
        let mut better = true;
        while better {
            better = false;
            for one in 0..VILLAGES - 3 {
                for other in one + 2..VILLAGES - 1 {
                    let [a, b, c, d] = [one, one + 1, other, other + 1].map(|at| route[at]);
                    if far(a, c) + far(b, d) + 0.01 < far(a, b) + far(c, d) {
                        route[one + 1..=other].reverse();
                        better = true;
                    }
                }
            }
        }
        all += route.windows(2).map(|two| f64::from(far(two[0], two[1]))).sum::<f64>();
    }
    println!("{all:.0}");
}

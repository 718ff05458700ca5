//! What each rung returns, and how far it may be from what naive returns.

use std::rc::Rc;

/// The mix, and how far from another one it may be.
#[derive(Debug, Clone)]
pub struct Mix {
    /// Frames of as many channels as came in.
    pub samples: Rc<Vec<f32>>,
    pub(crate) allowed: f32,
}

/// Accepts what rounds differently: fused multiplication and addition, or another order. Each of as
/// many steps as there are channels may err by half a bit of the loudest sample times the largest
/// sum of gains; so may naive.
///
/// # Errors
/// Says where two mixes differ by more, or that they have different lengths.
pub fn agree(naive: &Mix, rung: &Mix) -> Result<(), String> {
    let (ours, theirs) = (&naive.samples, &rung.samples);
    if ours.len() != theirs.len() {
        return Err(format!("naive has {} samples, this rung {}", ours.len(), theirs.len()));
    }
    let right = |(a, b): (&f32, &f32)| a == b || (a - b).abs() <= naive.allowed;
    match ours.iter().zip(theirs.iter()).position(|pair| !right(pair)) {
        None => Ok(()),
        Some(at) => {
            let allowed = naive.allowed;
            let (a, b) = (ours[at], theirs[at]);
            Err(format!("at sample {at}, naive has {a:e}, this rung {b:e}, allowed {allowed:e}"))
        }
    }
}

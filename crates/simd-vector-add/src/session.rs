//! Tracks, and what they are mixed into.

use std::rc::Rc;

/// One voice of the mix.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    /// What its samples are multiplied by.
    pub gain: f32,
    /// One sample per frame.
    pub samples: Vec<f32>,
}

/// Tracks of one length, and the buffers that their mixes are written to.
#[derive(Debug)]
pub struct Session {
    pub(crate) tracks: Vec<Track>,
    pub(crate) pool: Vec<Rc<Mix>>,
}

/// A finished mix.
#[derive(Debug)]
pub struct Mix(pub(crate) Vec<f32>);

impl Mix {
    /// Samples that are not silent.
    pub fn heard(&self) -> usize {
        self.0.iter().filter(|sample| **sample != 0.0).count()
    }
}

impl PartialEq for Mix {
    /// Bit for bit, but that any two samples that are not numbers are alike.
    fn eq(&self, other: &Self) -> bool {
        let alike = |(a, b): (&f32, &f32)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(alike)
    }
}

impl Session {
    /// Without any mix yet.
    pub(crate) fn new(tracks: Vec<Track>) -> Self {
        Self { tracks, pool: Vec::new() }
    }

    /// Samples in a mix.
    pub(crate) fn frames(&self) -> usize {
        self.tracks.first().map_or(0, |track| track.samples.len())
    }

    /// Bytes that a mix must read and write.
    pub fn bytes(&self) -> usize {
        (self.tracks.len() + 1) * self.frames() * size_of::<f32>()
    }

    /// Mixes into a buffer that nobody holds any more. Audio engines take their buffers from a pool
    /// because asking for memory may block; here it also keeps page faults out of the timing. While
    /// rungs are compared, the expected mix is held, and the pool grows by one.
    pub(crate) fn mix(&mut self, mix: fn(&[Track], &mut [f32])) -> Rc<Mix> {
        let free = self.pool.iter().position(|mix| Rc::strong_count(mix) == 1);
        let free = free.unwrap_or_else(|| {
            self.pool.push(Rc::new(Mix(vec![0.0; self.frames()])));
            self.pool.len() - 1
        });
        let buffer = Rc::get_mut(&mut self.pool[free]).expect("nobody else holds it");
        mix(&self.tracks, &mut buffer.0);
        Rc::clone(&self.pool[free])
    }

    /// Leaves nonsense where the next mix is written.
    pub(crate) fn spoil(&mut self) {
        for mix in self.pool.iter_mut().filter_map(Rc::get_mut) {
            mix.0.fill(f32::NAN);
        }
    }
}

//! A rung: one implementation of a case's job, and how it wants to be called.

/// One implementation of a job that turns an `I` into an `O`.
pub struct Rung<I, O> {
    pub(crate) name: &'static str,
    pub(crate) call: Call<I, O>,
    pub(crate) needs: Option<fn() -> Result<(), String>>,
    pub(crate) data: Option<fn(&I) -> usize>,
}

// By hand, since derived ones would ask the same of inputs and results.
impl<I, O> Clone for Rung<I, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I, O> Copy for Rung<I, O> {}

/// The three ways in which a job can treat its input.
pub(crate) enum Call<I, O> {
    Reads(fn(&I) -> O),
    Reuses { spoil: fn(&mut I), run: fn(&mut I) -> O },
    Consumes { fresh: fn(&I) -> I, run: fn(&mut I) -> O },
}

impl<I, O> Clone for Call<I, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I, O> Copy for Call<I, O> {}

impl<I, O> Rung<I, O> {
    /// A rung that only reads its input. Making and dropping the result is part of the job.
    pub const fn new(name: &'static str, run: fn(&I) -> O) -> Self {
        Self { name, call: Call::Reads(run), needs: None, data: None }
    }

    /// A rung that keeps scratch space, an arena or an output buffer in its input from call to
    /// call. The result may not depend on what earlier calls left there, and to show that, `spoil`
    /// leaves nonsense in its place, untimed: a rung that writes nothing must not hand out what the
    /// one before it wrote.
    pub const fn reusing(name: &'static str, spoil: fn(&mut I), run: fn(&mut I) -> O) -> Self {
        Self { name, call: Call::Reuses { spoil, run }, needs: None, data: None }
    }

    /// A rung that works in place: each call gets a fresh clone, made and dropped outside the timed
    /// region.
    pub const fn in_place(name: &'static str, run: fn(&mut I) -> O) -> Self
    where
        I: Clone,
    {
        Self { name, call: Call::Consumes { fresh: I::clone, run }, needs: None, data: None }
    }

    /// What the machine must have for this rung; an error says what is missing. Such a rung is left
    /// out, and said to be left out, on other machines.
    #[must_use]
    pub const fn needs(mut self, needs: fn() -> Result<(), String>) -> Self {
        self.needs = Some(needs);
        self
    }

    /// Bytes of the data that this rung works on, where rungs differ in how they hold the same
    /// data.
    #[must_use]
    pub const fn data(mut self, bytes: fn(&I) -> usize) -> Self {
        self.data = Some(bytes);
        self
    }

    /// The rung's name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Why the rung cannot run here, if it cannot.
    pub fn unavailable(&self) -> Option<String> {
        self.needs.and_then(|needs| needs().err())
    }

    /// Hands one call to whoever looks at it alone: a clone for in-place work is made before, and
    /// dropped after.
    pub(crate) fn prepared<T>(
        &self,
        input: &mut I,
        look: impl FnOnce(&mut dyn FnMut() -> O) -> T,
    ) -> T {
        match self.call {
            Call::Reads(run) => look(&mut || run(input)),
            Call::Reuses { run, .. } => look(&mut || run(input)),
            Call::Consumes { fresh, run } => {
                let mut clone = fresh(input);
                look(&mut || run(&mut clone))
            }
        }
    }

    /// Leaves nothing of what another rung wrote, where rungs write into the same place.
    pub(crate) fn spoil(&self, input: &mut I) {
        if let Call::Reuses { spoil, .. } = self.call {
            spoil(input);
        }
    }

    /// Calls the rung once.
    pub(crate) fn once(&self, input: &mut I) -> O {
        self.prepared(input, |call| call())
    }
}

namespace PartnerCenterSR.Simulation;

/// <summary>How people use it in a world, and what they do beside it.</summary>
internal sealed record Habits
{
    /// <summary>Whether its commands are called with -SkipUnchanged.</summary>
    public bool SkipsUnchanged { get; init; }

    /// <summary>Whether nobody wants the requests.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether another command of the same connection goes on beside the first.</summary>
    public bool HasSecondCommand { get; init; }

    /// <summary>Whether a colleague writes, in the same words, what a row is to write.</summary>
    public bool HasColleague { get; init; }

    /// <summary>Whether a process may be killed: behind that nobody can tell a note from the same note by others, so only where it is to be there, by whomever.</summary>
    public bool MayBeKilled => SkipsUnchanged || !(HasSecondCommand || HasColleague);

    public static Habits Draw(World world, Unkindness unkind)
    {
        if (!unkind.IsCrowded)
        {
            return new();
        }

        Habits drawn = new()
        {
            SkipsUnchanged = world.Happens(0.4),
            IsQuiet = world.Happens(0.25),
            HasSecondCommand = world.Happens(0.5),
            HasColleague = world.Happens(0.5),
        };
        world.Tell(drawn.ToString());
        world.Census.Count("crowded" + (drawn.SkipsUnchanged ? ", -SkipUnchanged" : string.Empty));
        return drawn;
    }
}

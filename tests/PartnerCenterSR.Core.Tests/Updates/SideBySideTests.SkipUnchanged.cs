using System;
using System.Linq;
using System.Net.Http;
using Xunit;

namespace PartnerCenterSR.Core.Tests.Updates;

/// <summary>What -SkipUnchanged waits for.</summary>
public sealed partial class SideBySideTests
{
    [Fact]
    public void With_SkipUnchanged_a_slow_answer_of_another_command_is_waited_for()
    {
        _service.Here(() =>
        {
            _service.Does = (request, number) => number == 1 ? _service.LaterAsync(45, () => _service.Carry(request)) : null;
            _service.Start("one", Note, skipUnchanged: true);
            _service.Pass(1);
            _service.Start("other", Note, skipUnchanged: true);
            _service.Pass(300);
        });
        Assert.Equal((1, UpdateOutcome.Unchanged), (Ours, _service["other"].Outcome));
    }

    [Fact]
    public void Waiting_for_others_costs_no_calls_of_its_own()
    {
        _service = new(retries: 0);
        int sightings = 0;
        _service.Here(() =>
        {
            _service.Does = (request, number) =>
            {
                if (request.Method != HttpMethod.Get)
                {
                    _service.Carry(request);
                }

                // The first look behind the sending fails, so that there must be a second one.
                return number == 0 ? _service.Patches == 0 || sightings++ > 0 ? null : SideBySide.Refuse(request, 500) : SideBySide.Refuse(request, 504);
            };
            for (int i = 0; i < 4; i++)
            {
                _service.Session.Notes.Add("1", new(NoteText.Hash("n"), null, null, IsConfirmed: false, "other"), _service.Clock.Now);
                if (i == 0)
                {
                    _service.Start("two", Note, skipUnchanged: true);
                }

                _service.Pass(20);
            }

            _service.Session.Notes.Remove("1", "other");
            _service.Pass(200);
        });
        Assert.Equal(UpdateOutcome.Succeeded, _service["two"].Outcome);
    }

    [Fact]
    public void Of_several_at_once_the_first_sends_and_the_others_wait()
    {
        _service.Here(() =>
        {
            _service.Does = (request, number) => number == 0 ? _service.LaterAsync(0.5, () => _service.Carry(request)) : _service.LaterAsync(2, () => _service.Carry(request));
            foreach (string name in new[] { "one", "two", "three" })
            {
                _service.Start(name, Note, skipUnchanged: true);
            }

            _service.Pass(300);
        });
        Assert.Equal((1, UpdateOutcome.Succeeded, UpdateOutcome.Unchanged, UpdateOutcome.Unchanged), (Ours, _service["one"].Outcome, _service["two"].Outcome, _service["three"].Outcome));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(401)]
    public void A_claim_is_held_while_its_owner_pauses(int status)
    {
        SideBySide service = new(signsInSlowly: true);
        service.Here(() =>
        {
            service.Does = (request, number) => number != 1 ? null : status == 0 ? SideBySide.NeverConnected() : SideBySide.Refuse(request, status);
            service.Start("one", Note, skipUnchanged: true);
            service.Pass(0.5);
            service.Start("two", Note, skipUnchanged: true);
            service.Pass(300);
        });
        Assert.Equal((1, UpdateOutcome.Succeeded, UpdateOutcome.Unchanged), (service.Notes.Count(note => note.Text == "n"), service["one"].Outcome, service["two"].Outcome));
    }

    [Fact]
    public void A_claim_does_not_run_out_before_its_owner_ends()
    {
        SideBySide service = new(retries: 6, delay: 30);
        service.Here(() =>
        {
            DateTimeOffset start = service.Now;
            service.Does = (request, number) => request.Method == HttpMethod.Get
                ? service.Now < start.AddSeconds(140) ? SideBySide.NeverConnected() : null
                : number == 1 ? service.LaterAsync(40, () => service.Carry(request)) : null;
            service.Start("one", Note, skipUnchanged: true);
            service.Pass(141);
            service.Start("two", Note, skipUnchanged: true);
            service.Pass(900);
        });
        Assert.Equal((1, 1), (service.Notes.Count(note => note.Text == "n"), service.Patches));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_claim_that_sent_nothing_makes_no_other_unknown(bool hasOther)
    {
        SideBySide service = new();
        service.Here(() =>
        {
            service.Does = (request, number) =>
            {
                if (number == 1)
                {
                    _ = service.LaterAsync(10, () => service.Carry(request));
                    return SideBySide.Refuse(request, 504);
                }

                return null;
            };
            service.Start("one", Note);
            service.Pass(1);
            if (hasOther)
            {
                service.Start("other", Note, skipUnchanged: true);
            }

            service.Pass(300);
        });
        Assert.Equal((1, UpdateOutcome.Succeeded), (service.Patches, service["one"].Outcome));
    }
}

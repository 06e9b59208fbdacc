using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Identity.Client.Extensibility;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>
/// The user's own browser, which comes back to a port of this machine. What it then shows is written when the sign-in has ended, well or
/// not. Whoever knocks without the state of this sign-in is not listened to.
/// </summary>
internal sealed class LoopbackBrowser : ICustomWebUi, IDisposable
{
    /// <summary>Another may take a port between its being found free and its being listened to.</summary>
    private const int MostPorts = 10;

    private const int LongestForm = 64 * 1024;

    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(5);

    private readonly Clock _clock = new(TimeProvider.System);
    private readonly HttpListener _listener;
    private readonly TaskCompletionSource<string> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<Uri> _open;
    private HttpListenerContext? _back;

    /// <param name="open">Shows the person where to sign in.</param>
    public LoopbackBrowser(Action<Uri> open)
    {
        _open = open;
        (_listener, Redirect) = Listen(FreePort);
    }

    /// <param name="findPort">Finds a port that is free, for now.</param>
    internal static (HttpListener Listener, Uri Redirect) Listen(Func<int> findPort)
    {
        for (int tried = 1; ; tried++)
        {
            Uri redirect = new($"http://localhost:{findPort()}");
            HttpListener listener = new();
            listener.Prefixes.Add(redirect.AbsoluteUri);
            try
            {
                listener.Start();
                return (listener, redirect);
            }
            catch (HttpListenerException) when (tried < MostPorts)
            {
                ((IDisposable)listener).Dispose();
            }
        }
    }

    /// <summary>Where the browser comes back to.</summary>
    public Uri Redirect { get; }

    public async Task<Uri> AcquireAuthorizationCodeAsync(Uri authorizationUri, Uri redirectUri, CancellationToken cancellationToken)
    {
        string state = Fields(authorizationUri.Query)["state"];
        using (cancellationToken.Register(() => _answer.TrySetCanceled(cancellationToken)))
        {
            _ = ListenAsync(state);
            _open(authorizationUri);
            string answer = await _answer.Task.ConfigureAwait(false);
            return new UriBuilder(redirectUri) { Query = answer.TrimStart('?') }.Uri;
        }
    }

    /// <summary>Shows in the browser how it ended.</summary>
    public void Finish(bool succeeded)
    {
        if (_back is { } context)
        {
            Show(context, HttpStatusCode.OK, succeeded);
        }
    }

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task ListenAsync(string state)
    {
        while (!_answer.Task.IsCompleted)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync().ConfigureAwait(false);
                _ = HandleAsync(context, state);
            }
            catch (Exception error) when (IsOver(error) && _listener.IsListening)
            {
                // One who knocked and went away.
            }
            catch (Exception error) when (IsOver(error))
            {
                _answer.TrySetException(error);
            }
        }
    }

    /// <summary>Beside the others: who sends half a request holds up nobody.</summary>
    private async Task HandleAsync(HttpListenerContext context, string state)
    {
        try
        {
            Task<string> read = ReadAsync(context.Request);
            if (await Task.WhenAny(read, _clock.DelayAsync(LongestRequest, CancellationToken.None)).ConfigureAwait(false) != read)
            {
                context.Response.Abort();
                return;
            }

            string answer = await read.ConfigureAwait(false);
            Dictionary<string, string> fields = Fields(answer);
            bool isAnswer = context.Request.Url?.AbsolutePath == "/" && (fields.ContainsKey("code") || fields.ContainsKey("error"));
            if (isAnswer && fields.TryGetValue("state", out string? given) && given == state && Interlocked.CompareExchange(ref _back, context, null) is null)
            {
                _answer.TrySetResult(answer);
                return;
            }

            if (isAnswer)
            {
                Show(context, HttpStatusCode.BadRequest, succeeded: false);
                return;
            }

            context.Response.StatusCode = (int)HttpStatusCode.NotFound;
            context.Response.Close();
        }
        catch (Exception error) when (IsOver(error))
        {
            context.Response.Abort();
        }
    }

    private static void Show(HttpListenerContext context, HttpStatusCode status, bool succeeded)
    {
        try
        {
            byte[] page = Encoding.UTF8.GetBytes(LastPage.Write(succeeded));
            context.Response.StatusCode = (int)status;
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers["Content-Security-Policy"] = LastPage.Policy;
            context.Response.Headers["Cache-Control"] = "no-store";
            context.Response.ContentLength64 = page.Length;
            context.Response.OutputStream.Write(page, 0, page.Length);
            context.Response.Close();
        }
        catch (Exception error) when (IsOver(error))
        {
            // The browser has gone: the shell says how it ended.
            System.Diagnostics.Debug.WriteLine(error);
        }
    }

    /// <summary>Whether somebody else has gone, or this has ended.</summary>
    private static bool IsOver(Exception error) => error is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException;

    private static async Task<string> ReadAsync(HttpListenerRequest request)
    {
        if (request.HttpMethod != "POST" || request.ContentLength64 > LongestForm)
        {
            return request.Url?.Query ?? string.Empty;
        }

        using StreamReader reader = new(request.InputStream, Encoding.UTF8);
        char[] form = new char[LongestForm];
        int length = await reader.ReadBlockAsync(form, 0, form.Length).ConfigureAwait(false);
        return new(form, 0, length);
    }

    private static Dictionary<string, string> Fields(string query)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (string field in query.TrimStart('?').Split('&'))
        {
            int at = field.IndexOf('=');
            if (at > 0)
            {
                fields[field.Substring(0, at)] = WebUtility.UrlDecode(field.Substring(at + 1));
            }
        }

        return fields;
    }

    internal static int FreePort()
    {
        TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return port;
    }
}
